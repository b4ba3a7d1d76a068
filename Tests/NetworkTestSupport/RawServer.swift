import NIOCore
import NIOPosix
import TestSupport

/// A server that reads requests as bytes and answers the bytes that a test says, right or wrong.
package final class RawServer: Sendable {
    /// What the server saw so far.
    package struct Record: Sendable {
        package var connections = 0
        package var requests: [RawRequest] = []
        /// Connections that the client ended.
        package var hangUps = 0
    }

    /// Where it listens.
    package let port: Int

    private let observed: Observed<Record>

    /// What the server saw so far.
    package var record: Record { observed.value }

    private init(port: Int, observed: Observed<Record>) {
        self.port = port
        self.observed = observed
    }

    /// Runs a server while `body` runs.
    /// - Parameters:
    ///   - greeting: What to send as soon as a client connects.
    ///   - script: What to answer to a request.
    package static func run<T: Sendable>(
        greeting: String = "",
        answering script: @escaping @Sendable (RawRequest) -> RawAnswer,
        _ body: (RawServer) async throws -> T
    ) async throws -> T {
        let observed = Observed(Record())
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        RawConnectionHandler(greeting: greeting, script) { observed.change($0) }
                    )
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let server = RawServer(port: listener.localAddress?.port ?? 0, observed: observed)
        let result: Result<T, any Error>
        do {
            result = .success(try await body(server))
        } catch {
            result = .failure(error)
        }
        try await listener.close()
        return try result.get()
    }

    /// Returns as soon as what the server saw meets a condition.
    package func wait(until condition: @escaping @Sendable (Record) -> Bool) async throws {
        try await observed.wait(until: condition)
    }
}
