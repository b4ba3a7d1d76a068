import EventService

/// What has begun that somebody should see now, and what has been told of already.
struct Alarms: Equatable, Sendable {
    /// The routes whose breakers have opened since the last key.
    private(set) var opened: Set<UpstreamRoute> = []
    /// The objectives that began to burn fast since the last key.
    private(set) var burning: Set<ObjectiveStatus.ID> = []
    /// Those that were told of and have burnt since, be it slowly: on the edge between, nothing begins.
    private var told: Set<ObjectiveStatus.ID> = []

    /// Takes what is different from the snapshot before; of the first one nothing has begun.
    /// - Parameter opened: The routes whose breakers have opened.
    /// - Returns: Whether something has begun.
    mutating func take(
        opened: [UpstreamRoute],
        from before: ServiceSnapshot?,
        to after: ServiceSnapshot
    ) -> Bool {
        let fast = Set(after.objectives.filter { $0.alert == .fastBurn }.map(\.id))
        let isAnyAlert = Set(after.objectives.filter { $0.alert != .none }.map(\.id))
        let begun = fast.subtracting(told)
        told = told.intersection(isAnyAlert).union(fast)
        guard before != nil else { return false }
        self.opened.formUnion(opened)
        burning.formUnion(begun)
        return !opened.isEmpty || !begun.isEmpty
    }

    /// Somebody is there, and has seen it.
    mutating func see() {
        opened = []
        burning = []
    }
}
