import HTTPTypes
import NIOHTTP1

/// What a client is told whose request never gets as far as a route.
extension Problem {
    static let slowHead = Problem(.requestTimeout, detail: "the request's head took too long to come")
    static let invalidHost = Problem(
        .badRequest,
        detail: "a request needs one Host field, with a host and perhaps a port"
    )
    static let unknownExpectation = Problem(
        .expectationFailed,
        detail: "the only expectation that is met is 100-continue"
    )
    static let unknownTransferEncoding = Problem(
        .notImplemented,
        detail: "the only transfer encoding that is known is chunked"
    )
    static let transferEncodingInHTTP10 = Problem(.badRequest, detail: "HTTP/1.0 has no transfer encodings")
    static let uriTooLong = Problem(.uriTooLong, detail: "the path with its query is too long")

    /// The statuses of all of them.
    static let refusalStatuses: [HTTPResponse.Status] = [
        .badRequest, .requestTimeout, .uriTooLong, .expectationFailed, .requestHeaderFieldsTooLarge, .notImplemented,
        .httpVersionNotSupported,
    ]

    static func notUTF8(_ part: String) -> Problem {
        Problem(.badRequest, detail: "the \(part) is not UTF-8")
    }

    /// The problem that something else than HTTP is to the client.
    init(_ error: HTTPParserError) {
        self =
            switch error {
            case .headerOverflow:
                Problem(.requestHeaderFieldsTooLarge, detail: "the request's head is too large or has too many fields")
            // The decoder pauses at the beginning of HTTP/2.
            case .paused:
                Problem(.httpVersionNotSupported, detail: "the versions that are spoken are HTTP/1.1 and HTTP/1.0")
            // Also where no version is, or the line ends without a carriage return.
            case .invalidVersion:
                Problem(
                    .httpVersionNotSupported,
                    detail: "the first line must end with HTTP/1.1 or HTTP/1.0 and CR LF"
                )
            case .invalidConstant:
                Problem(
                    .badRequest,
                    detail: "the first line must be a method, a path and HTTP/1.1, with one space between"
                )
            // What the parser has learnt to refuse since its errors were named: mostly lines that end otherwise.
            case .unknown:
                Problem(
                    .badRequest,
                    detail: "the request breaks the rules of HTTP, perhaps by a line that doesn't end with CR LF"
                )
            default: Problem(.badRequest, detail: "the request breaks the rules of HTTP: \(error)")
            }
    }
}
