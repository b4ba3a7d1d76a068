/// How many requests the simulator is busy with; the control routes don't count.
public struct Activity: Equatable, Sendable {
    /// The requests under way now: arrived, and the answer's beginning isn't ready.
    public var underWay: Int
    /// The most that were under way at once since the counts were last reset.
    public var peak: Int
    /// The requests whose client went away before the answer was ready, or that an outage or the end cut.
    public var abandoned: Int
}
