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

    /// What happened, parts of which may be untrusted.
    public var text: String
    /// What kind of news it is.
    public var kind: Kind
    /// When it goes away.
    public var until: Date

    init(_ text: String, _ kind: Kind, now: Date) {
        self.text = text
        self.kind = kind
        self.until = now + Notice.lifetime
    }
}
