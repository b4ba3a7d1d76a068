public import NIOCore

/// What a read brought: JSON, and where it came from.
public struct ServiceAnswer: Sendable {
    /// The JSON as the events API wrote it, or an array of what it wrote.
    public let body: ByteBuffer

    /// The identifiers of the events that are lacking because they could not be read, in the list's order.
    public let missing: [String]

    /// What tells this answer from others.
    public let entityTag: EntityTag

    /// Where the answer came from, and how old it may be.
    public let freshness: Freshness

    /// Creates an answer, for which its tag is computed.
    public init(body: ByteBuffer, missing: [String] = [], freshness: Freshness) {
        self.body = body
        self.missing = missing
        self.entityTag = EntityTag(of: body, missing: missing)
        self.freshness = freshness
    }

    init(_ representation: Representation, missing: [String] = [], freshness: Freshness) {
        self.body = representation.body
        self.missing = missing
        self.entityTag = representation.entityTag
        self.freshness = freshness
    }
}

/// What a read brought, as a value instead of JSON.
public struct ReadResult<Value: Sendable>: Sendable {
    /// What was read.
    public var value: Value

    /// Where it came from, and how old it may be.
    public var freshness: Freshness

    /// Creates a result from its parts.
    public init(_ value: Value, freshness: Freshness) {
        self.value = value
        self.freshness = freshness
    }
}

extension ReadResult: Equatable where Value: Equatable {}
