/// A request that may come more than once and is to be worked on once.
public struct IdempotentRequest: Sendable, Equatable {
    /// Names the request among those of everybody; kept as it is, so that it must hold no secret.
    public var key: String

    /// A digest of what is asked for.
    public var digest: [UInt8]

    /// Creates a request from its parts.
    public init(key: String, digest: [UInt8]) {
        self.key = key
        self.digest = digest
    }
}

/// What a request comes to that may come more than once.
public enum IdempotentResult<Value: Sendable>: Sendable {
    /// It came for the first time, or those before it weren't settled.
    case first(Value)
    /// It was answered like this.
    case repeated(IdempotentAnswer)
    /// The same request is worked on.
    case underWay
    /// Its key is that of a different request.
    case otherRequest
}
