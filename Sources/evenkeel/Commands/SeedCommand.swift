import ArgumentParser
import AsyncHTTPClient
import Dispatch
import Foundation
import NIOPosix
import UpstreamClient

/// `evenkeel seed`: fills an events API through Evenkeel.
struct SeedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seed",
        abstract: "Fill the events API with events, through a running Evenkeel.",
        discussion: """
            Each event is tried until it is added, waiting as long as the answers ask for. The same --seed makes the same \
            events with the same ids: interrupted and started again, it goes on where it was and adds nothing twice.
            Where Evenkeel asks for a token, put one with the scopes read and write into the environment as API_TOKEN.
            Exits with 0 when every event is there, 1 when some were refused, 130 when it was interrupted.
            """
    )

    @Option(help: "The address of the running Evenkeel.")
    var host = "127.0.0.1"

    @Option(help: "The port of the running Evenkeel.")
    var port = 3000

    @Option(help: "How many events there shall be.")
    var count = 100

    @Option(help: ArgumentHelp("Which events: the same number makes the same ones.", valueName: "n"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("Give up when nothing could be added for so long.", valueName: "seconds"))
    var patience = 300

    func validate() throws {
        guard port > 0, BaseURL(baseURL) != nil else {
            throw ValidationError(
                "--host \(host) and --port \(port) make no address: allowed are a host, and 1 to 65535"
            )
        }
        guard (0...1_000_000).contains(count) else {
            throw ValidationError("--count is \(count): allowed are 0 to 1000000")
        }
        guard (1...86_400).contains(patience) else {
            throw ValidationError("--patience is \(patience): allowed are 1 to 86400 seconds")
        }
    }

    func run() async throws {
        let client = HTTPClient(eventLoopGroup: MultiThreadedEventLoopGroup.singleton)
        var result: Result<Void, any Error> = .success(())
        do {
            try await reportingFailures {
                let target = try target(client)
                try await seedEvents(target)
            }
        } catch {
            result = .failure(error)
        }
        try await client.shutdown()
        try result.get()
    }

    private func target(_ client: HTTPClient) throws -> SeedTarget {
        do {
            return SeedTarget(client: client, baseURL: baseURL, token: try ClientToken.fromEnvironment()?.text)
        } catch {
            throw Failure.configuration("API_TOKEN: \(error.reason)")
        }
    }

    private var baseURL: String {
        "http://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }

    private func seedEvents(_ target: SeedTarget) async throws {
        let userIDs = try await list("/getUsers", from: target)
        guard !userIDs.isEmpty else { throw Failure.unavailable("the events API has no users to add events to") }
        let present = Set(try await list("/getEvents", from: target))
        let bar = ProgressBar(total: count)
        let seeder = try Seeder(
            target: target,
            plan: SeedPlan(count: count, seed: seed, userIDs: userIDs),
            patience: .seconds(patience)
        ) { summary, waiting in
            bar.show(done: summary.done, note: Self.note(summary, waiting))
        }
        let isFinished = try await runUntilInterrupted { try await seeder.run(present: present) }
        bar.finish()
        Console.say(Self.words(seeder.summary, of: count, isFinished: isFinished))
        if !isFinished { throw ExitCode(130) }
        if seeder.summary.refused > 0 { throw ExitCode(1) }
    }

    /// A list of the API, asked for until it comes or patience is over.
    private func list(_ path: String, from target: SeedTarget) async throws -> [String] {
        let giveUp = ContinuousClock.now + .seconds(patience)
        while true {
            switch try await target.identifiers(path) {
            case .success(let identifiers): return identifiers
            case .failure(let later) where later.isUnreachable:
                throw Failure.unavailable(
                    "no Evenkeel answers at \(baseURL): start one with `evenkeel serve`, or name it with --host and --port"
                )
            case .failure(let later):
                guard ContinuousClock.now < giveUp else {
                    throw Failure.unavailable("\(path) can't be read: \(later.reason)")
                }
                try await Task.sleep(for: later.retryAfter ?? .seconds(1))
            }
        }
    }

    private static func note(_ summary: Seeder.Summary, _ waiting: Duration?) -> String {
        guard let waiting else { return "" }
        return "waiting \(waiting.components.seconds + 1) s: \(summary.lastReason ?? "")"
    }

    private static func words(_ summary: Seeder.Summary, of count: Int, isFinished: Bool) -> String {
        var parts = ["\(summary.added) added", "\(summary.present) were there already", "\(summary.retries) retries"]
        if summary.refused > 0 { parts.append("\(summary.refused) refused (\(summary.lastReason ?? ""))") }
        let end = isFinished ? "Done" : "Interrupted at \(summary.done) of \(count), start it again to go on"
        return "\(end): \(parts.joined(separator: ", "))."
    }
}

/// Runs `work` until it ends or the user interrupts it.
/// - Returns: Whether it ended by itself.
private func runUntilInterrupted(_ work: @escaping @Sendable () async throws -> Void) async throws -> Bool {
    signal(SIGINT, SIG_IGN)
    let task = Task { try await work() }
    let source = DispatchSource.makeSignalSource(signal: SIGINT)
    source.setEventHandler { task.cancel() }
    source.resume()
    defer { source.cancel() }
    do {
        try await task.value
        return true
    } catch  where task.isCancelled {
        return false
    }
}
