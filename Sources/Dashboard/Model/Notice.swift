public import struct Foundation.Date

/// A message that is shown for a few seconds.
public struct Notice: Equatable, Sendable {
    /// What kind of news it is.
    public enum Kind: Equatable, Sendable {
        case information
        case success
        case problem
    }

    /// How long a notice stays.
    public static let lifetime = Duration.seconds(6)

    /// The name of what it is about, which is untrusted; it is cut first where there is little room.
    public var subject: String?
    /// What happened, parts of which may be untrusted; begins behind the subject, where there is one.
    public var message: String
    /// What kind of news it is.
    public var kind: Kind
    /// When it goes away.
    public var until: Date

    /// The whole of it.
    public var text: String {
        subject.map { "“\($0)” " + message } ?? message
    }

    init(about subject: String? = nil, _ message: String, _ kind: Kind, now: Date) {
        self.subject = subject
        self.message = message
        self.kind = kind
        self.until = now + Notice.lifetime
    }
}
