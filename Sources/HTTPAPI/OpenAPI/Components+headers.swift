extension Components {
    /// The headers of answers, by their names.
    static let headers: JSONDocument = .object(
        Dictionary(
            uniqueKeysWithValues: headerWords.map { name, schema, words in
                (name, ["description": .string(words), "schema": schema])
            }
        )
    )

    private static let text: JSONDocument = ["type": "string"]
    private static let count: JSONDocument = ["type": "integer", "minimum": 0]

    private static let headerWords: [(String, JSONDocument, String)] = [
        ("X-Request-Id", text, "The request's identifier, taken from the request or made."),
        ("traceparent", text, "The trace that the request belongs to (W3C Trace Context)."),
        ("Retry-After", count, "Whole seconds after which it is worth asking again."),
        ("Allow", text, "The methods that the path takes."),
        ("WWW-Authenticate", text, "How to authenticate: with a bearer token (RFC 6750)."),
        (
            "RateLimit-Policy", text,
            "What each client may send, where it is limited: `q` requests, back after `w` seconds."
        ),
        (
            "RateLimit", text,
            "What the client has left, where it is limited: `r` requests, all again after `t` seconds."
        ),
        ("Location", text, "The path of what was made, or of what was accepted and can be followed there."),
        ("Preference-Applied", text, "`respond-async`, where the answer is as the client preferred it (RFC 7240)."),
        ("Idempotent-Replayed", text, "`true`, where this is the answer to an earlier request with the same key."),
        ("Cache-Status", text, "Where the answer came from (RFC 9211): fetched, shared, cached, or stale."),
        ("Age", count, "The answer's age in whole seconds (RFC 9111)."),
        ("ETag", text, "The answer's validator, for `If-None-Match`."),
        ("Cache-Control", text, "`no-cache`: keep it, but ask before using it again."),
        ("Link", text, "The pages of a list: `first`, `prev`, `next`, and `last` where it is known (RFC 8288)."),
        ("X-Total-Count", count, "How many elements there are that pass the filters, on all pages together."),
        ("Evenkeel-Missing", text, "The identifiers that a partial answer lacks, percent-encoded, comma-separated."),
        ("Evenkeel-Missing-Count", count, "How many identifiers a partial answer lacks."),
    ]
}
