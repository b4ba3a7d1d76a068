import EventService

extension OutboxStatus {
    /// What becomes of the events that were not added, in a line for whoever leaves; `nil` where there are none.
    /// - Parameter isEphemeral: Whether they were kept in memory only.
    func farewell(isEphemeral: Bool) -> String? {
        let kept = undelivered + refused
        if kept == 0 { return nil }
        if isEphemeral {
            return Self.counted(kept, "was", "were")
                + " not added and lost: --ephemeral keeps the outbox in memory only."
        }
        let waits = Self.counted(undelivered, "is", "are") + " kept in the outbox and added when evenkeel runs again."
        let decides =
            Self.counted(refused, "was", "were") + " refused and kept until somebody decides: o in the dashboard."
        return [undelivered > 0 ? waits : nil, refused > 0 ? decides : nil].compactMap { $0 }.joined(separator: " ")
    }

    private static func counted(_ count: Int, _ one: String, _ many: String) -> String {
        count == 1 ? "1 event \(one)" : "\(count) events \(many)"
    }
}
