import Dashboard
import Foundation
import NIOPosix
import Synchronization

/// Writes what is shown to files, one after the other, away from every thread that must not wait for a disk.
final class Exporter: Sendable {
    /// A file, and what became of it once that is known.
    typealias Unfinished = (file: String, outcome: ExportOutcome?)

    private struct State {
        var last: Task<Void, Never>?
        /// What isn't written yet, in this order.
        var unfinished: [String] = []
        /// What has ended since somebody first waited for all, in this order.
        var ended: [Unfinished]?
    }

    private let state = Mutex(State())
    private let folder: URL

    /// - Parameter folder: Where names without a path belong.
    init(folder: URL = URL(fileURLWithPath: FileManager.default.currentDirectoryPath, isDirectory: true)) {
        self.folder = folder
    }

    /// Starts to write a table, and tells what became of it.
    func export(_ export: Export, isReplacing: Bool, _ tell: @escaping @Sendable (ExportOutcome) async -> Void) {
        state.withLock { state in
            let previous = state.last
            state.unfinished.append(export.file)
            state.last = Task { [self] in
                await previous?.value
                let outcome = await outcome(of: export, isReplacing: isReplacing)
                self.state.withLock { state in
                    state.unfinished.removeFirst()
                    state.ended?.append((export.file, outcome))
                }
                await tell(outcome)
            }
        }
    }

    /// Waits until all is written, or that time has passed.
    /// - Returns: What was under way when this was first asked for, or came later, in this order, with what became of it;
    ///   `nil` where that isn't known by then.
    func finish(within limit: Duration) async -> [Unfinished] {
        let last: Task<Void, Never>? = state.withLock { state in
            state.ended = state.ended ?? []
            return state.unfinished.isEmpty ? nil : state.last
        }
        if let last { await wait(for: last, within: limit) }
        return state.withLock { state in (state.ended ?? []) + state.unfinished.map { ($0, nil) } }
    }

    private func wait(for last: Task<Void, Never>, within limit: Duration) async {
        let (ends, continuation) = AsyncStream.makeStream(of: Void.self)
        Task {
            await last.value
            continuation.finish()
        }
        let timer = Task {
            try await Task.sleep(for: limit)
            continuation.finish()
        }
        for await _ in ends {}
        timer.cancel()
    }

    private func outcome(of export: Export, isReplacing: Bool) async -> ExportOutcome {
        let url = url(of: export.file)
        do {
            return try await NIOThreadPool.singleton.runIfActive {
                do throws(PrivateFile.WriteError) {
                    try PrivateFile(url: url)
                        .write(export.table.bytes(as: export.format), isReplacing: isReplacing)
                    return .written(name: url.lastPathComponent, folder: url.deletingLastPathComponent().path)
                } catch {
                    return error == .exists ? .exists : .failed("\(error)")
                }
            }
        } catch {
            return .failed("\(error)")
        }
    }

    /// Where a name belongs: `~/` is the user's folder.
    func url(of file: String) -> URL {
        if file.hasPrefix("~/") { return URL(fileURLWithPath: NSHomeDirectory() + file.dropFirst()) }
        return URL(fileURLWithPath: file, relativeTo: folder).absoluteURL.standardizedFileURL
    }
}
