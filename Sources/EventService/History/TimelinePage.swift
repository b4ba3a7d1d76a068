/// Entries of the timeline, and where those before them begin.
public struct TimelinePage: Sendable, Equatable {
    /// The newest first.
    public var entries: [Timeline.Entry]

    /// What the next page is to be asked for `before`, less than this one was; `nil` where there are no older entries.
    public var next: UInt64?

    /// Creates a page from its parts.
    public init(_ entries: [Timeline.Entry] = [], next: UInt64? = nil) {
        self.entries = entries
        self.next = next
    }
}
