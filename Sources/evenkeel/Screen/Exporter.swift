import Dashboard
import Foundation
import NIOPosix
import Synchronization

/// Writes what is shown to files, one after the other, away from every thread that must not wait for a disk.
final class Exporter: Sendable {
    private let last = Mutex<Task<Void, Never>?>(nil)
    private let folder: URL

    /// - Parameter folder: Where names without a path belong.
    init(folder: URL = URL(fileURLWithPath: FileManager.default.currentDirectoryPath, isDirectory: true)) {
        self.folder = folder
    }

    /// Starts to write a table, and tells what became of it.
    func export(_ export: Export, isReplacing: Bool, _ tell: @escaping @Sendable (ExportOutcome) -> Void) {
        last.withLock { last in
            let previous = last
            last = Task { [self] in
                await previous?.value
                tell(await outcome(of: export, isReplacing: isReplacing))
            }
        }
    }

    /// Waits until all is written.
    func finish() async {
        await last.withLock { $0 }?.value
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

    private func url(of file: String) -> URL {
        if file.hasPrefix("~/") { return URL(fileURLWithPath: NSHomeDirectory() + file.dropFirst()) }
        return URL(fileURLWithPath: file, relativeTo: folder).absoluteURL.standardizedFileURL
    }
}
