import AsyncHTTPClient
import EventService
import NIOCore
import NIOPosix
import NetworkTestSupport
import Testing

@testable import UpstreamClient

/// An events API at a raw server, with the client that the product uses.
struct Upstream: Sendable {
    let server: RawServer
    let api: HTTPEventsAPI
    let context = CallContext(requestID: "test-request")

    /// Runs a server and a client while `body` runs.
    static func run(
        path: String = "",
        limits: UpstreamLimits = UpstreamLimits(),
        answering script: @escaping @Sendable (RawRequest) -> RawAnswer,
        _ body: @Sendable (Upstream) async throws -> Void
    ) async throws {
        try await RawServer.run(answering: script) { server in
            let url = try #require(BaseURL("http://127.0.0.1:\(server.port)\(path)"))
            try await withClient(limits: limits) { client in
                try await body(
                    Upstream(server: server, api: HTTPEventsAPI(client: client, baseURL: url, limits: limits))
                )
            }
        }
    }

    /// Runs a client while `body` runs.
    static func withClient<T: Sendable>(
        limits: UpstreamLimits = UpstreamLimits(),
        _ body: @Sendable (HTTPClient) async throws -> T
    ) async throws -> T {
        let client = HTTPClient.forUpstream(limits: limits, eventLoopGroup: MultiThreadedEventLoopGroup.singleton)
        let result: Result<T, any Error>
        do {
            result = .success(try await body(client))
        } catch {
            result = .failure(error)
        }
        try await client.shutdown()
        return try result.get()
    }

    /// The error of a call, if it has one.
    func error(_ call: UpstreamCall = .events) async -> UpstreamError? {
        do {
            _ = try await api.answer(to: call, for: context)
            return nil
        } catch {
            return error
        }
    }
}
