/// What of the dashboard is the same when it is opened again.
public struct RememberedLayout: Codable, Equatable, Sendable {
    /// What a table is ordered by.
    public struct Order: Codable, Equatable, Sendable {
        /// The name of the order.
        public var by: String
        /// Whether it is turned round.
        public var isReversed: Bool

        /// Creates an order from its parts.
        public init(by: String, isReversed: Bool) {
            self.by = by
            self.isReversed = isReversed
        }
    }

    /// The version of what is written; another one can't be read.
    public static let currentVersion = 1

    /// The version that this was written by.
    public var version = currentVersion
    /// What users are ordered by.
    public var users: Order?
    /// What events are ordered by.
    public var events: Order?
    /// The time that the timeline shows, in seconds.
    public var timelineSeconds: Int?
    /// Whether charts are drawn in braille.
    public var braille: Bool?
    /// Whether the terminal reports the mouse, where somebody has decided that.
    public var mouse: Bool?
    /// Whether the bell rings, where somebody has decided that.
    public var bell: Bool?
    /// The name of the theme, where somebody has chosen one.
    public var theme: String?

    /// Creates a layout of which nothing is known.
    public init() {}
}
