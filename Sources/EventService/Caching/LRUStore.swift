/// Values that each cost something, of which those used longest ago leave when they cost too much together.
///
/// Every operation takes constant time, but for the room that the arrays make for themselves now and then.
struct LRUStore<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Slot: Sendable {
        let key: Key
        var value: Value
        var cost: Int
        /// The neighbours in the order of use; `nil` at its ends.
        var newer: Int?
        var older: Int?
    }

    /// What all values may cost together.
    private(set) var maximumCost: Int

    /// What all values cost together; never more than `maximumCost`.
    private(set) var cost = 0

    /// How many values have left to make room.
    private(set) var evictions = 0

    private var slots: [Slot] = []
    private var positions: [Key: Int] = [:]
    private var newest: Int?
    private var oldest: Int?

    init(maximumCost: Int) {
        self.maximumCost = maximumCost
    }

    /// How many values there are.
    var count: Int { slots.count }

    /// The value of a key, which counts as used by this.
    mutating func use(_ key: Key) -> Value? {
        guard let position = positions[key] else { return nil }
        if position != newest {
            unlink(position)
            linkAsNewest(position)
        }
        return slots[position].value
    }

    /// Keeps a value in place of an earlier one of its key, unless it costs more than all values may.
    /// - Returns: The values that left, to be released wherever that may take its time.
    mutating func insert(_ value: Value, for key: Key, cost: Int) -> [Value] {
        var removed = remove(key).map { [$0] } ?? []
        guard cost <= maximumCost else { return removed }
        removed += makeRoom(for: cost)
        slots.append(Slot(key: key, value: value, cost: cost))
        positions[key] = slots.count - 1
        linkAsNewest(slots.count - 1)
        self.cost += cost
        return removed
    }

    /// Sets what all values may cost together from now on.
    /// - Returns: The values that left, to be released wherever that may take its time.
    mutating func limit(to maximumCost: Int) -> [Value] {
        self.maximumCost = maximumCost
        return makeRoom(for: 0)
    }

    private mutating func makeRoom(for cost: Int) -> [Value] {
        var removed: [Value] = []
        while self.cost > maximumCost - cost, let oldest {
            removed.append(remove(at: oldest))
            evictions += 1
        }
        return removed
    }

    /// Forgets the value of a key.
    mutating func remove(_ key: Key) -> Value? {
        positions[key].map { remove(at: $0) }
    }

    private mutating func remove(at position: Int) -> Value {
        unlink(position)
        let removed = slots[position]
        positions[removed.key] = nil
        cost -= removed.cost
        // The last slot moves into the gap, so that there never is one.
        let last = slots.removeLast()
        if position < slots.count {
            slots[position] = last
            positions[last.key] = position
            link(last.older, to: position, to: last.newer)
        }
        return removed.value
    }

    // MARK: - The order of use

    private mutating func unlink(_ position: Int) {
        let (older, newer) = (slots[position].older, slots[position].newer)
        if let older { slots[older].newer = newer } else { oldest = newer }
        if let newer { slots[newer].older = older } else { newest = older }
    }

    private mutating func linkAsNewest(_ position: Int) {
        slots[position].newer = nil
        slots[position].older = newest
        link(newest, to: position, to: nil)
    }

    /// Makes `older` and `newer` the neighbours that know of a slot.
    private mutating func link(_ older: Int?, to position: Int, to newer: Int?) {
        if let older { slots[older].newer = position } else { oldest = position }
        if let newer { slots[newer].older = position } else { newest = position }
    }
}
