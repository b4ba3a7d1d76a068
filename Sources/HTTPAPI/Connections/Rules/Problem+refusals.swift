import HTTPTypes
import NIOHTTP1

/// What a client is told whose request never gets as far as a route.
extension Problem {
    static let slowHead = refusal(.requestTimeout, "the request's head took too long to come")
    static let invalidHost = refusal(.badRequest, "a request needs one Host field, with a host and perhaps a port")
    static let unknownExpectation = refusal(.expectationFailed, "the only expectation that is met is 100-continue")
    static let unknownTransferEncoding = refusal(.notImplemented, "the only transfer encoding that is known is chunked")
    static let transferEncodingInHTTP10 = refusal(.badRequest, "HTTP/1.0 has no transfer encodings")
    static let uriTooLong = refusal(.uriTooLong, "the path with its query is too long")

    static func notUTF8(_ part: String) -> Problem {
        refusal(.badRequest, "the \(part) is not UTF-8")
    }

    /// The problem that something else than HTTP is to the client.
    init(_ error: HTTPParserError) {
        self =
            switch error {
            case .headerOverflow:
                Self.refusal(.requestHeaderFieldsTooLarge, "the request's head is too large or has too many fields")
            // The decoder pauses at the beginning of HTTP/2.
            case .invalidVersion, .paused:
                Self.refusal(.httpVersionNotSupported, "the versions that are spoken are HTTP/1.1 and HTTP/1.0")
            default: Self.refusal(.badRequest, "the request breaks the rules of HTTP: \(error)")
            }
    }

    private static func refusal(_ status: HTTPResponse.Status, _ detail: String) -> Problem {
        Problem(
            name: status.reasonPhrase.lowercased().replacing(" ", with: "-"),
            status: status,
            title: status.reasonPhrase,
            detail: detail
        )
    }
}
