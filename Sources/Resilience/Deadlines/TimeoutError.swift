/// Something took longer than it was allowed to.
public struct TimeoutError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The time that was allowed.
    public let limit: Duration
    /// Which limit it was.
    public let kind: Kind

    /// The limits that there are.
    public enum Kind: String, Sendable, CaseIterable {
        /// One attempt: ``withTimeout(_:clock:operation:)``.
        case attempt
        /// A whole request with all its attempts: ``withDeadline(_:operation:)``.
        case deadline
    }

    /// Names the limit that was exceeded.
    public init(limit: Duration, kind: Kind = .attempt) {
        self.limit = limit
        self.kind = kind
    }

    /// One line with the limit.
    public var description: String {
        switch kind {
        case .attempt: "no answer within \(limit)"
        case .deadline: "not done within \(limit), the deadline of the request"
        }
    }
}
