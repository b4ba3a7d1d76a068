import Dashboard
import EventService
import Foundation
import ServiceLifecycle
import Synchronization
import SystemPackage
import TextUI
import UnixSignals

/// The dashboard for screen readers and logs: a line on standard output for every change, and nothing else.
final class PlainDashboard: Sendable {
    private let source: any DashboardSource
    private let isASCII: Bool
    private let report = Mutex(PlainReport())
    private let output = PlainOutput(.standardOutput)

    /// The longest line, in characters.
    private static let maximumLength = 4000

    /// How long the last lines may take that are told when the service has ended.
    private static let farewellTime = Duration.seconds(1)

    /// - Parameter isASCII: Whether only ASCII characters are written.
    init(_ source: any DashboardSource, isASCII: Bool) {
        self.source = source
        self.isASCII = isASCII
    }

    /// Serves the HTTP API and tells what changes, until a signal comes or nobody reads any more.
    /// - Throws: `Failure` where lines can't be written for another reason; it stops serving then, too.
    func run(serving instance: Instance) async throws {
        // A reader that has gone is to be noticed by writing, not to end the process before its requests.
        signal(SIGPIPE, SIG_IGN)
        let (listening, continuation) = AsyncStream.makeStream(of: Void.self)
        let group = try instance.serviceGroup(stoppingOn: [.sigint, .sigterm, .sighup]) { _ in continuation.finish() }
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { [self] in
                for await _ in listening {}
                do {
                    try await tellChanges()
                } catch {
                    await group.triggerGracefulShutdown()
                    throw error
                }
                await group.triggerGracefulShutdown()
            }
            defer { tasks.cancelAll() }
            try await instance.run(group)
            tasks.cancelAll()
            try await tasks.waitForAll()
        }
        await tellTheLast()
    }

    /// Tells what changes, until a signal comes or nobody reads any more.
    /// - Throws: `Failure` where lines can't be written for another reason.
    func run() async throws {
        signal(SIGPIPE, SIG_IGN)
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { for await _ in signals { return } }
            tasks.addTask { [self] in try await tellChanges() }
            defer { tasks.cancelAll() }
            try await tasks.next()
        }
    }

    /// Tells of every change until the task is cancelled or the reader has gone.
    private func tellChanges() async throws {
        do {
            try await source.changes().forEachPicture { try await tell() }
        } catch let error as Errno where error == .brokenPipe {
            return
        } catch let error as Errno {
            throw Failure.internalError("standard output can't be written: \(error)")
        } catch is CancellationError {
            return
        }
    }

    /// Tells what the end of the requests under way has changed, unless nobody reads.
    private func tellTheLast() async {
        await withTaskGroup { tasks in
            tasks.addTask { [self] in try? await tell() }
            tasks.addTask { try? await Task.sleep(for: Self.farewellTime) }
            await tasks.next()
            tasks.cancelAll()
        }
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
        try await output.write(texts.joined())
    }
}
