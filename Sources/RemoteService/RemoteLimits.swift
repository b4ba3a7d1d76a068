public import NIOCore

/// What is taken from a service elsewhere, which may be anything: more is refused, and ends the connection.
public struct RemoteLimits: Sendable, Equatable {
    /// The most bytes of an event of the stream; a snapshot has up to 1.7 million where everything happened every second of a day.
    public var maximumEventSize = 4 * 1024 * 1024

    /// The most bytes of a list of users or events.
    public var maximumListSize = 64 * 1024 * 1024

    /// The most bytes of any other answer; an event may have one MiB, and an entry of the outbox quotes it.
    public var maximumAnswerSize = 4 * 1024 * 1024

    /// How long a connection may take to be made.
    public var connectTimeout: TimeAmount = .seconds(5)

    /// How long the stream may take to begin.
    public var beginTimeout: Duration = .seconds(15)

    /// How long the stream may be silent: two of the heartbeats, which come every 15 s, and some more.
    public var silenceTimeout: Duration = .seconds(40)

    /// How long any other answer may take; by default a service gives up its own work after 15 s.
    public var answerTimeout: Duration = .seconds(30)

    /// Creates the default limits.
    public init() {}
}
