import Dashboard
import Foundation
import NIOPosix
import Synchronization

/// Writes what is shown to files, one after the other, away from every thread that must not wait for a disk.
final class Exporter: Sendable {
    private struct State {
        var last: Task<Void, Never>?
        /// The names of what isn't written yet, in this order.
        var unfinished: [String] = []
    }

    private let state = Mutex(State())
    private let folder: URL

    /// - Parameter folder: Where names without a path belong.
    init(folder: URL = URL(fileURLWithPath: FileManager.default.currentDirectoryPath, isDirectory: true)) {
        self.folder = folder
    }

    /// Starts to write a table, and tells what became of it.
    func export(_ export: Export, isReplacing: Bool, _ tell: @escaping @Sendable (ExportOutcome) -> Void) {
        state.withLock { state in
            let previous = state.last
            state.unfinished.append(export.file)
            state.last = Task { [self] in
                await previous?.value
                let outcome = await outcome(of: export, isReplacing: isReplacing)
                _ = self.state.withLock { $0.unfinished.removeFirst() }
                tell(outcome)
            }
        }
    }

    /// Waits until all is written, or that time has passed.
    /// - Returns: The names of what isn't written by then.
    func finish(within limit: Duration) async -> [String] {
        guard let last = state.withLock({ $0.last }) else { return [] }
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
        return state.withLock { $0.unfinished }
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
