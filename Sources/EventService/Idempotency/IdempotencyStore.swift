public import NIOCore

public import struct Foundation.Date

/// Where the answers to requests are kept that name an `Idempotency-Key`, so that a repeat is answered the same.
///
/// A key is claimed before its request is worked on, and then answered or released. As with `OutboxStore`, what a call has
/// returned from is durable, a call goes on when its task is cancelled, its times are those of the process, and a `holder` is
/// the process that claims.
public protocol IdempotencyStore: Sendable {
    /// Claims a key for a request.
    ///
    /// A key whose process has ended without an answer (`until` is past) is claimed anew by the same request, whose event
    /// keeps its identifier, as after `release`: it may have been added. The store decides for how long it remembers that.
    /// - Parameters:
    ///   - key: The key, together with whose it is.
    ///   - request: A digest of what is asked for.
    ///   - eventID: The identifier of the event to add, should the key be new.
    ///   - holder: Who claims it.
    ///   - now: The time by which claims have run out and answers are forgotten.
    ///   - until: When this claim runs out.
    func claim(
        _ key: String,
        for request: [UInt8],
        eventID: String,
        by holder: String,
        now: Date,
        until: Date
    ) async throws(StoreError) -> IdempotencyClaim

    /// Keeps the answer to a claimed key until `expiry`.
    func answer(_ key: String, with answer: IdempotentAnswer, expiry: Date) async throws(StoreError)

    /// Gives a claimed key back without an answer, to be claimed again until `expiry` by the same request, whose event
    /// keeps its identifier: it may have been added.
    func release(_ key: String, expiry: Date) async throws(StoreError)

    /// Gives back every key that a process of this name had claimed: it has just started, so none is worked on.
    func releaseClaims(of holder: String) async throws(StoreError)

    /// Forgets what has expired.
    func forget(expiredBefore date: Date) async throws(StoreError)
}

/// What became of the claim of a key.
public enum IdempotencyClaim: Sendable, Equatable {
    /// The request is to be worked on, and its event is to have this identifier.
    case granted(eventID: String)
    /// Another request with the key is worked on.
    case underWay
    /// It was answered like this.
    case answered(IdempotentAnswer)
    /// The key is that of a different request.
    case otherRequest
}

/// The answer to a request that named a key, as it is kept.
public struct IdempotentAnswer: Sendable, Equatable {
    /// Its HTTP status.
    public var status: Int
    /// Its header fields that belong to the answer and not to the connection or the moment, in order.
    public var fields: [Field]
    /// Its body.
    public var body: ByteBuffer

    /// A header field.
    public struct Field: Sendable, Equatable, Codable {
        /// Its name.
        public var name: String
        /// Its value.
        public var value: String

        /// Creates a field from its parts.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Creates an answer from its parts.
    public init(status: Int, fields: [Field], body: ByteBuffer) {
        self.status = status
        self.fields = fields
        self.body = body
    }
}
