import NIOCore
import NetworkTestSupport
import Resilience
import Testing

@testable import UpstreamClient

@Suite("The documentation's HTTP client", .timeLimit(.minutes(3)))
struct OrdersClientTests {
    @Test("brings what the server answers")
    func answer() async throws {
        let (body, requests) = try await ask { .http(body: "[1]") }
        #expect(try String(buffer: body.get()) == "[1]")
        #expect(requests == 1)
    }

    @Test("doesn't ask again for what doesn't exist")
    func notFound() async throws {
        let (body, requests) = try await ask { .http("404 Not Found") }
        #expect(throws: OrdersError.self) { try body.get() }
        #expect(requests == 1)
    }

    @Test("stops asking when the third failure has opened the breaker, with the server's own error")
    func opens() async throws {
        let (body, requests) = try await ask { .http("503 Service Unavailable", ["Retry-After: 0"]) }
        #expect(throws: OrdersError.self) { try body.get() }
        #expect(requests == 3)
    }

    private func ask(
        _ answer: @escaping @Sendable () -> RawAnswer
    ) async throws -> (Result<ByteBuffer, any Error>, requests: Int) {
        try await RawServer.run(answering: { _ in answer() }) { server in
            let body = try await Upstream.withClient { client in
                let orders = try OrdersClient(
                    client: client,
                    baseURL: "http://127.0.0.1:\(server.port)",
                    firstRetryDelay: .nanoseconds(1)
                )
                do {
                    return Result<ByteBuffer, any Error>.success(try await orders.orders())
                } catch {
                    return .failure(error)
                }
            }
            return (body, server.record.requests.count)
        }
    }
}
