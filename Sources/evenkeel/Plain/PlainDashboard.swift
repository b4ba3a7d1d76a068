import Dashboard
import EventService
import Foundation
import NIOPosix
import ServiceLifecycle
import Synchronization
import TextUI
import UnixSignals

/// The dashboard for screen readers and logs: a line on standard output for every change, and nothing else.
final class PlainDashboard: Sendable {
    private let source: any DashboardSource
    private let isASCII: Bool
    private let report = Mutex(PlainReport())

    /// The longest line, in characters.
    private static let maximumLength = 4000

    /// - Parameter isASCII: Whether only ASCII characters are written.
    init(_ source: any DashboardSource, isASCII: Bool) {
        self.source = source
        self.isASCII = isASCII
    }

    /// Serves the HTTP API and tells what changes, until a signal comes or nobody reads any more.
    func run(serving instance: Instance) async throws {
        // A reader that has gone is to be noticed by writing, not to end the process before its requests.
        signal(SIGPIPE, SIG_IGN)
        let (listening, continuation) = AsyncStream.makeStream(of: Void.self)
        let group = try instance.serviceGroup(stoppingOn: [.sigint, .sigterm, .sighup]) { _ in continuation.finish() }
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { [self] in
                for await _ in listening {}
                if !Task.isCancelled { await tell(stopping: group) }
            }
            defer { tasks.cancelAll() }
            try await instance.run(group)
        }
        // What the end of the requests under way has changed; by now there may be nobody to read it.
        try? await tell()
    }

    /// Tells what changes, until a signal comes or nobody reads any more.
    func run() async {
        signal(SIGPIPE, SIG_IGN)
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup)
        await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { for await _ in signals { return } }
            tasks.addTask { [self] in try await tellChanges() }
            defer { tasks.cancelAll() }
            do {
                try await tasks.next()
            } catch {
                // The reader has gone, and nobody else is served here.
            }
        }
    }

    /// Tells of every change until the task is cancelled, or stops serving where that can't be written.
    private func tell(stopping group: ServiceGroup) async {
        do {
            try await tellChanges()
        } catch is CancellationError {
            return
        } catch {
            await group.triggerGracefulShutdown()
        }
    }

    private func tellChanges() async throws {
        try await source.changes().forEachPicture { try await tell() }
    }

    private func tell() async throws {
        let known = source.known()
        try await write(report.withLock { $0.lines(for: known, now: source.now) })
    }

    private func write(_ lines: [String]) async throws {
        guard !lines.isEmpty else { return }
        let texts = lines.map { line in
            let text = DisplayText(line, maximumClusters: Self.maximumLength)
            return (isASCII ? text.asciiOnly : text).string + "\n"
        }
        let data = Data(texts.joined().utf8)
        // A pipe that nobody reads must not hold up the threads that serve.
        try await NIOThreadPool.singleton.runIfActive { try FileHandle.standardOutput.write(contentsOf: data) }
    }
}
