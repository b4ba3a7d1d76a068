import Dashboard
import Dispatch
import Foundation
import Logging
import Synchronization

/// Keeps what the dashboard looked like: on change, at most once a second, and when it is left.
final class LayoutStore: Sendable {
    private struct State {
        /// What is not written yet.
        var pending: RememberedLayout?
        var isScheduled = false
        var hasFailed = false
    }

    /// The largest file that is read.
    private static let maximumSize = 64 << 10

    private let file: URL
    /// The least time between two writes.
    private let interval: DispatchTimeInterval
    private let logger: Logger
    private let state = Mutex(State())
    private let writer = DispatchQueue(label: "evenkeel.layout")

    init(
        file: URL = UserFolder.state.url().appendingPathComponent("dashboard.json"),
        interval: DispatchTimeInterval = .seconds(1),
        logger: Logger
    ) {
        self.file = file
        self.interval = interval
        self.logger = logger
    }

    /// What was kept; nothing where there is no file, or none that can be used.
    func load() -> RememberedLayout {
        guard FileManager.default.fileExists(atPath: file.path) else { return RememberedLayout() }
        do {
            guard let data = try Data.contents(of: file, maximumSize: Self.maximumSize) else {
                ignore("it has more than \(Self.maximumSize) bytes")
                return RememberedLayout()
            }
            let layout = try JSONDecoder().decode(RememberedLayout.self, from: data)
            guard layout.version == RememberedLayout.currentVersion else {
                ignore("its version is \(layout.version)")
                return RememberedLayout()
            }
            return layout
        } catch {
            ignore("\(error)")
            return RememberedLayout()
        }
    }

    /// Has a layout written soon, and not what was given before and isn't written yet.
    func save(_ layout: RememberedLayout) {
        let mustSchedule = state.withLock { state in
            state.pending = layout
            defer { state.isScheduled = true }
            return !state.isScheduled
        }
        if mustSchedule { writer.asyncAfter(deadline: .now() + interval) { [self] in write() } }
    }

    /// Writes what isn't written yet.
    func flush() {
        writer.sync { write() }
    }

    private func write() {
        let layout = state.withLock { state in
            defer { (state.pending, state.isScheduled) = (nil, false) }
            return state.pending
        }
        guard let layout else { return }
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            let bytes = Array(try encoder.encode(layout)) + [UInt8(ascii: "\n")]
            let folder = file.deletingLastPathComponent()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try PrivateFile(url: file).write(bytes, isReplacing: true)
        } catch {
            let isFirst = state.withLock { state in
                defer { state.hasFailed = true }
                return !state.hasFailed
            }
            // Once is enough: it is tried with every change.
            if isFirst { logger.warning("The dashboard's layout can't be kept", metadata: ["reason": "\(error)"]) }
        }
    }

    private func ignore(_ reason: String) {
        logger.warning(
            "The layout that was kept can't be used",
            metadata: ["file": "\(file.path)", "reason": "\(reason)"]
        )
    }
}
