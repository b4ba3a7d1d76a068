import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Resilience

/// The whole example of the article *Protecting an HTTP call*; `DocumentationTests` compares them.
struct OrdersClient {
    private let client: HTTPClient
    private let baseURL: String
    private let breaker: CircuitBreaker
    private let retry: Retry

    init(client: HTTPClient, baseURL: String, firstRetryDelay: Duration = .milliseconds(500)) throws {
        self.client = client
        self.baseURL = baseURL
        breaker = CircuitBreaker(name: "orders") { transition in
            print("orders: \(transition.from) → \(transition.to), \(transition.reason)")
        }
        retry = try Retry(
            maximumRetries: 3,
            backoff: Backoff(base: firstRetryDelay, cap: .seconds(5))
        )
    }

    func orders() async throws -> ByteBuffer {
        try await withDeadline(Deadline(after: .seconds(15))) {
            try await retry.run(classify: OrdersError.decision) {
                try await breaker.run(classify: OrdersError.outcome) {
                    try await withTimeout(.seconds(5)) {
                        try await fetch()
                    }
                }
            }
        }
    }

    private func fetch() async throws -> ByteBuffer {
        let request = HTTPClientRequest(url: baseURL + "/orders")
        let response = try await client.execute(request, deadline: .distantFuture)
        guard response.status == .ok else { throw OrdersError(response) }
        return try await response.body.collect(upTo: 1 << 20)
    }
}

struct OrdersError: Error {
    let status: UInt
    let retryAfter: Duration?

    init(_ response: HTTPClientResponse) {
        status = response.status.code
        retryAfter = response.headers.first(name: "retry-after").flatMap { Int($0) }.map { .seconds($0) }
    }

    /// A server that says *not found* works; one that says *unavailable* doesn't, and may say for how long.
    static func outcome<T>(of result: Result<T, any Error>) -> CircuitBreaker.Outcome {
        guard case .failure(let error as OrdersError) = result else { return .standard(for: result) }
        return error.status < 500 && error.status != 429 ? .success : .failure(retryAfter: error.retryAfter)
    }

    /// What a server refused it will refuse again; anything else may have been bad luck.
    static func decision(about error: any Error) -> Retry.Decision {
        guard let error = error as? OrdersError else { return .retry() }
        return error.status < 500 && error.status != 429 ? .stop : .retry(after: error.retryAfter)
    }
}
