/// A queue of bounded length whose oldest element makes room for a new one, and which counts what was lost so.
///
/// Takes memory as it is needed, for at most `limit` elements. A removed element is only overwritten later, so it is
/// for elements that hold on to nothing.
struct DroppingQueue<Element: Sendable>: Sendable {
    /// The most elements that are kept; 1 or more.
    let limit: Int
    private(set) var count = 0
    private var ring: [Element] = []
    private var first = 0
    private var dropped: UInt64 = 0

    init(limit: Int) {
        self.limit = limit
    }

    /// Adds an element at the end, at the cost of the oldest if the queue is full.
    mutating func append(_ element: Element) {
        if count == limit {
            removeFirst()
            dropped &+= 1
        }
        let next = (first + count) % limit
        if next < ring.count {
            ring[next] = element
        } else {
            ring.append(element)
        }
        count += 1
    }

    /// Takes the oldest element, with the number of those that were lost since the one that was taken before it.
    mutating func popFirst() -> (element: Element, dropped: UInt64)? {
        guard count > 0 else { return nil }
        defer {
            removeFirst()
            dropped = 0
        }
        return (ring[first], dropped)
    }

    private mutating func removeFirst() {
        count -= 1
        // From the start again, so that a reader who keeps up needs memory for a few elements only.
        first = count == 0 ? 0 : (first + 1) % limit
    }
}
