import HTTPTypes

// A literal name is checked once, by every test that touches this file.
// swift-format-ignore: NeverForceUnwrap
extension HTTPField.Name {
    /// The request's identifier: taken or made, sent upstream, returned, and logged.
    static let requestID = HTTPField.Name("X-Request-Id")!

    /// The trace that the request belongs to (W3C Trace Context).
    static let traceParent = HTTPField.Name("traceparent")!

    /// By which way through the cache an answer came (RFC 9211).
    static let cacheStatus = HTTPField.Name("Cache-Status")!
    /// How much a client may send (draft-ietf-httpapi-ratelimit-headers).
    static let rateLimitPolicy = HTTPField.Name("RateLimit-Policy")!

    /// What a client has left of it.
    static let rateLimit = HTTPField.Name("RateLimit")!

    /// How the page that a browser sends a request for is related to its target (Fetch Metadata Request Headers).
    static let secFetchSite = HTTPField.Name("Sec-Fetch-Site")!
    /// What the systems that record the trace know about it (W3C Trace Context).
    static let traceState = HTTPField.Name("tracestate")!

    /// What a client would like (RFC 7240).
    static let prefer = HTTPField.Name("Prefer")!

    /// What of it was done (RFC 7240, section 3).
    static let preferenceApplied = HTTPField.Name("Preference-Applied")!

    /// A client's name for a request that it may send more than once (draft-ietf-httpapi-idempotency-key-header).
    static let idempotencyKey = HTTPField.Name("Idempotency-Key")!

    /// Says that an answer is the one to an earlier request with the same key.
    ///
    /// The draft has no such field; this is Stripe's, which others took over.
    static let idempotentReplayed = HTTPField.Name("Idempotent-Replayed")!

    /// The identifiers that a partial answer lacks, comma-separated and percent-encoded.
    static let missing = HTTPField.Name("Evenkeel-Missing")!

    /// How many identifiers a partial answer lacks, also those that `Evenkeel-Missing` has no room for.
    static let missingCount = HTTPField.Name("Evenkeel-Missing-Count")!

    /// Links to the other pages of a list (RFC 8288).
    static let link = HTTPField.Name("Link")!

    /// How many elements a list has that pass its filters, on all pages together.
    ///
    /// No standard has such a field; this is the one that clients of paged lists know.
    static let totalCount = HTTPField.Name("X-Total-Count")!
    /// The last event that a client of a stream has seen (WHATWG HTML, "Server-sent events").
    static let lastEventID = HTTPField.Name("Last-Event-ID")!

    /// Asks nginx, and who does as it does, to pass an answer on as it comes.
    static let accelBuffering = HTTPField.Name("X-Accel-Buffering")!
}
