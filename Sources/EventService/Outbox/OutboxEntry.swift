public import NIOCore

public import struct Foundation.Date

/// An event that was accepted for delivery, and what has come of it so far.
public struct OutboxEntry: Sendable, Equatable, Identifiable {
    /// How far an entry has come.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// Not delivered yet. It becomes `delivering`, or is discarded by a person.
        case waiting
        /// An attempt is under way, or was when its process ended. It becomes `delivered`, `refused`, or `waiting` again.
        case delivering
        /// The events API has it. It stays so until it is forgotten.
        case delivered
        /// The events API refused it for what it is, with a status 4xx. A person decides: it becomes `waiting` again, or is discarded.
        case refused
    }

    /// The longest that an entry waits after an attempt that failed.
    public static let longestPause = Duration.seconds(300)

    /// The event's identifier, which every attempt carries.
    public let id: String

    /// The user whom the event belongs to.
    public let userID: String

    /// The event as it is sent: a JSON object with its identifier.
    public let event: ByteBuffer

    /// When it was accepted.
    public let acceptedAt: Date

    /// The request that it was accepted from.
    public let requestID: String

    /// How far it has come.
    public var state = State.waiting

    /// How many attempts at delivering it have ended.
    public var attempts = 0

    /// Why the last attempt failed, in words parts of which may come from the events API and are untrusted.
    public var lastError: String?

    /// Before when it isn't tried again; `nil` unless it waits after an attempt that failed.
    public var nextAttemptAt: Date?

    /// When it was delivered or refused; `nil` while it is neither.
    public var settledAt: Date?

    /// The status that the events API refused it with; `nil` unless it is refused.
    public var refusedStatus: Int?

    /// The events API's answer, once it is delivered.
    public var answer: ByteBuffer?

    /// Creates an entry that nothing was done with yet.
    public init(id: String, userID: String, event: ByteBuffer, acceptedAt: Date, requestID: String) {
        self.id = id
        self.userID = userID
        self.event = event
        self.acceptedAt = acceptedAt
        self.requestID = requestID
    }
}

extension OutboxEntry {
    /// When it is tried next at the earliest: after its own pause, and not before the breaker's next probe.
    ///
    /// - Returns: `nil` where neither holds it back, or nothing is to be tried. It may be past.
    public func earliestAttempt(behind breaker: BreakerStatus) -> Date? {
        guard state == .waiting else { return nil }
        let probeAt = breaker.state == .open ? breaker.probeAt : nil
        return [nextAttemptAt, probeAt].compactMap { $0 }.max()
    }
}
