import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

/// A problem as a client reads it: every member that is always there must be there.
struct ReadProblem: Decodable {
    struct Detail: Decodable, Equatable {
        let field: String
        let message: String
    }

    let type: String
    let title: String
    let status: Int
    let detail: String
    let instance: String
    let success: Bool
    let error: String
    let message: String
    let retryAfter: Int?
    let circuitBreakerState: String?
    let details: [Detail]?

    init(_ response: TestResponse) throws {
        try #require(response.headers[.contentType] == "application/problem+json")
        self = try JSONDecoder().decode(Self.self, from: Data(response.body.readableBytesView))
    }
}

extension HTTPField.Name {
    /// Spelled here again: tests must notice if the product spells it otherwise.
    static var requestID: HTTPField.Name {
        guard let name = HTTPField.Name("X-Request-Id") else { preconditionFailure("a valid name") }
        return name
    }

    static var traceParent: HTTPField.Name {
        guard let name = HTTPField.Name("traceparent") else { preconditionFailure("a valid name") }
        return name
    }
}
