import AsyncHTTPClient
import EventService
import Foundation
import Logging
import NIOPosix
import NetworkTestSupport
import RemoteService
import Resilience
import TestSupport

/// Somebody attached to a service elsewhere, on a clock that stands still.
struct Attached: Sendable {
    let remote: RemoteService
    let clock: ManualClock

    /// Attaches to an address while `body` runs.
    static func run<T: Sendable>(
        to address: String,
        token: @escaping @Sendable () async -> String? = { nil },
        limits: RemoteLimits = RemoteLimits(),
        _ body: @Sendable (Attached) async throws -> T
    ) async throws -> T {
        let client = HTTPClient.forRemoteService(limits: limits, eventLoopGroup: MultiThreadedEventLoopGroup.singleton)
        let clock = ManualClock()
        let remote = RemoteService(
            address: address,
            client: client,
            token: token,
            limits: limits,
            clock: clock,
            now: Date(timeIntervalSince1970: 1_000_000),
            random: .constant(0),
            logger: .silent
        )
        let following = Task { await remote.follow() }
        let result: Result<T, any Error>
        do {
            result = .success(try await body(Attached(remote: remote, clock: clock)))
        } catch {
            result = .failure(error)
        }
        following.cancel()
        await following.value
        try await client.shutdown()
        return try result.get()
    }

    /// Attaches to a server that answers what a test says while `body` runs.
    static func run<T: Sendable>(
        answering script: @escaping @Sendable (RawRequest) -> RawAnswer,
        path: String = "",
        token: String? = nil,
        limits: RemoteLimits = RemoteLimits(),
        _ body: @Sendable (Attached, RawServer) async throws -> T
    ) async throws -> T {
        try await RawServer.run(answering: script) { server in
            let address = "http://127.0.0.1:\(server.port)\(path)"
            return try await run(to: address, token: { token }, limits: limits) { try await body($0, server) }
        }
    }

    /// What is known, as soon as it meets a condition.
    @discardableResult
    func wait(until condition: @Sendable (KnownService) -> Bool) async throws -> KnownService {
        for await _ in remote.changes() {
            let known = remote.known()
            if condition(known) { return known }
        }
        throw CancellationError()
    }

    /// Returns as soon as there is a connection.
    @discardableResult
    func waitForConnection() async throws -> KnownService {
        try await wait { $0.connection?.state == .connected }
    }

    /// Why there is no connection, as soon as the next attempt is waited for.
    func waitForLoss() async throws -> Loss {
        let known = try await wait { Loss($0) != nil }
        guard let loss = Loss(known) else { throw CancellationError() }
        // The wait for the next attempt; what watched the connection has ended.
        try await clock.waitForSleepers(1)
        return loss
    }

    /// A connection that was lost.
    struct Loss: Equatable {
        let since: Date
        let nextTry: Date
        let reason: String

        init?(_ known: KnownService) {
            guard case .lost(let since, let nextTry?, let reason) = known.connection?.state else { return nil }
            (self.since, self.nextTry, self.reason) = (since, nextTry, reason)
        }
    }
}

extension Logger {
    static let silent = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
}

extension CallContext {
    static var test: CallContext { CallContext(requestID: "test-request") }
}

/// The error that something fails with; `nil` if it doesn't.
func failure<Value>(of body: () async throws -> Value) async -> ServiceError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? ServiceError
    }
}
