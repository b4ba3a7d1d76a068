import HTTPTypes
import Hummingbird

/// An error as a client reads it: RFC 9457, with the members that the original service's clients know beside them.
///
/// A route throws it where no use case is concerned.
struct Problem: Error, Equatable {
    /// The name that tells this kind of problem from the others, in its `type` URI.
    var name: String
    var status: HTTPResponse.Status
    var title: String
    var detail: String
    /// Whole seconds, rounded up.
    var retryAfter: Int64?
    var circuitBreakerState: String?
    var details: [Detail] = []
    var headers: HTTPFields = [:]

    /// A field of the request that is wrong.
    struct Detail: Equatable {
        var field: String
        var message: String
    }

    /// An error that nobody foresaw; what it was stands in the log, under the request's identifier.
    static let unexpected = Problem(
        name: "internal",
        status: .internalServerError,
        title: "Internal error",
        detail: "something went wrong inside Evenkeel; its log has the reason under this request's identifier"
    )

    /// The answer that carries the problem.
    func response(requestID: String) -> Response {
        Response(status: status, headers: allHeaders, body: ResponseBody(byteBuffer: encoded(requestID: requestID)))
    }

    /// Its own header fields with those that every problem has.
    var allHeaders: HTTPFields {
        var headers = headers
        headers[.contentType] = "application/problem+json"
        headers[.cacheControl] = "no-store"
        if let retryAfter { headers[.retryAfter] = String(retryAfter) }
        return headers
    }
}
