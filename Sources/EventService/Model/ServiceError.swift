/// Why a use case failed, in terms that both faces can explain to their reader.
public struct ServiceError: Error, Sendable, Equatable {
    /// What went wrong, and with it the HTTP status that the API answers.
    public enum Kind: Sendable, Equatable {
        /// The route's circuit breaker let nothing through: 503.
        case circuitOpen
        /// The events API is overloaded or can't be reached: 503.
        case busy
        /// Evenkeel itself has no descriptor left to ask the events API with: 503.
        case outOfDescriptors
        /// The events API answered with a failure, with something that is not the JSON promised, or with too much: 502.
        case badUpstream
        /// An attempt or the whole request took too long: 504.
        case timedOut
        /// The request is malformed: 400.
        case invalid
        /// The user of the event to add is not known: 422.
        case unknownUser
        /// There is no such user or event: 404.
        case notFound
        /// The events API refused the event: the status it answered, 4xx.
        case refused(status: Int)
        /// The events API can't take the event now, and it can't be kept for later either: 503.
        case notKept
        /// What is kept can't be read or changed: 503.
        case storeFailed
        /// Another event with the same identifier is kept, or what is asked for doesn't fit what became of it: 409.
        case conflict
        /// The caller went away.
        case cancelled
    }

    /// A field of the request that is wrong.
    public struct FieldError: Sendable, Equatable {
        /// The name of the member of the request's body, or of the parameter of its query.
        public var field: String
        /// What is wrong with it and what is allowed.
        public var message: String

        /// Creates a field error from its parts.
        public init(field: String, message: String) {
            self.field = field
            self.message = message
        }
    }

    /// What went wrong.
    public var kind: Kind

    /// One sentence for the person or program that asked.
    public var message: String

    /// The earliest time after which to ask again, where it is known.
    public var retryAfter: Duration?

    /// The state of the breaker concerned at the time, where one is concerned.
    public var breakerState: BreakerStatus.State?

    /// The route of the events API concerned, where one is.
    public var route: UpstreamRoute?

    /// Every field that is wrong; empty unless `kind` is `invalid` or `unknownUser`.
    public var fields: [FieldError]

    /// Creates an error from its parts.
    public init(
        _ kind: Kind,
        message: String,
        retryAfter: Duration? = nil,
        breakerState: BreakerStatus.State? = nil,
        route: UpstreamRoute? = nil,
        fields: [FieldError] = []
    ) {
        self.kind = kind
        self.message = message
        self.retryAfter = retryAfter
        self.breakerState = breakerState
        self.route = route
        self.fields = fields
    }
}

extension ServiceError {
    /// Whether the events API or the way to it is to blame, and not what was asked for, nor the caller who left: the same may
    /// pass later.
    var isOfUpstream: Bool {
        switch kind {
        case .circuitOpen, .busy, .outOfDescriptors, .badUpstream, .timedOut: true
        case .invalid, .unknownUser, .notFound, .refused, .notKept, .storeFailed, .conflict, .cancelled: false
        }
    }

    /// What nobody waits for any more.
    static let givenUp = ServiceError(.cancelled, message: "given up before the events API answered")
}
