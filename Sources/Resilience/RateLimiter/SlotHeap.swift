/// Numbered values, of which the least is at hand, and any of which can be raised.
///
/// A binary heap that knows where each slot is. Raising costs at most log2 of the number of slots, and little on average,
/// since most slots are near the end already.
struct SlotHeap: Sendable {
    private var values: [Int128] = []
    /// The slots, the one with the least value first.
    private var order: [Int] = []
    /// Where each slot is in `order`.
    private var places: [Int] = []

    /// The slot with the least value; there must be one.
    var first: Int { order[0] }
    /// The least value; there must be one.
    var least: Int128 { values[order[0]] }

    subscript(slot: Int) -> Int128 { values[slot] }

    /// Adds the next slot.
    mutating func append(_ value: Int128) {
        let slot = values.count
        values.append(value)
        places.append(slot)
        order.append(slot)
        var child = slot
        while child > 0 {
            let parent = (child - 1) / 2
            guard value < values[order[parent]] else { break }
            put(order[parent], at: child)
            child = parent
        }
        put(slot, at: child)
    }

    /// Sets a slot's value, which must not be less than it was.
    mutating func raise(_ slot: Int, to value: Int128) {
        values[slot] = value
        var parent = places[slot]
        while true {
            var child = 2 * parent + 1
            guard child < order.count else { break }
            if child + 1 < order.count, values[order[child + 1]] < values[order[child]] { child += 1 }
            guard values[order[child]] < value else { break }
            put(order[child], at: parent)
            parent = child
        }
        put(slot, at: parent)
    }

    private mutating func put(_ slot: Int, at place: Int) {
        order[place] = slot
        places[slot] = place
    }
}
