import Synchronization

/// What belongs to one request on its way through the service, and what it cost.
public final class CallContext: Sendable {
    /// The request's identifier: sent upstream, returned, and logged.
    public let requestID: String

    /// The W3C `traceparent` header to send upstream, where the request is part of a trace.
    public let traceParent: String?

    /// The W3C `tracestate` header to send upstream beside it, where there is one.
    public let traceState: String?

    private let attempts = Atomic<Int>(0)

    /// Creates the context of a request.
    public init(requestID: String, traceParent: String? = nil, traceState: String? = nil) {
        self.requestID = requestID
        self.traceParent = traceParent
        self.traceState = traceState
    }

    /// How many calls to the events API were made for the request so far, retries included.
    public var upstreamAttempts: Int {
        attempts.load(ordering: .relaxed)
    }

    func countAttempt() {
        attempts.add(1, ordering: .relaxed)
    }
}
