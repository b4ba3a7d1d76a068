import HTTPTypes

extension Problem {
    /// As many streams are open as may be.
    static func tooManyStreams(_ limit: Int) -> Problem {
        Problem(
            name: "too-many-streams",
            status: .serviceUnavailable,
            title: "Too many streams",
            detail: "\(limit) streams are open, which is the limit; try later",
            retryAfter: 10
        )
    }

    /// The client has as many streams open as it may.
    static func tooManyStreams(ofClient limit: Int) -> Problem {
        Problem(
            name: "too-many-streams-of-client",
            status: .tooManyRequests,
            title: "Too many streams of one client",
            detail: "a client may have at most \(limit) streams open: close one, or let one stream serve several",
            retryAfter: 10
        )
    }
}
