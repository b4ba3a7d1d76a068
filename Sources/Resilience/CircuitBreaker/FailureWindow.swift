/// The failures of a sliding window, oldest first.
///
/// A ring that never holds more than `capacity` instants: the oldest makes room. That loses nothing that matters, since
/// `capacity` failures inside the window are as many as anybody asks for. A capacity of 0 keeps nothing.
struct FailureWindow: Sendable, Equatable {
    let length: Int64
    let capacity: Int
    private var ring: [MonotonicInstant] = []
    private var first = 0
    private(set) var count = 0

    init(length: Int64, capacity: Int) {
        self.length = length
        self.capacity = capacity
    }

    /// Whether it holds as many failures as it can; never if that is none.
    var isFull: Bool { capacity > 0 && count == capacity }

    /// Adds a failure and forgets those that are outside at that moment.
    mutating func record(at now: MonotonicInstant) {
        guard capacity > 0 else { return }
        while count > 0, !isInside(ring[first], at: now) { removeFirst() }
        if count == capacity { removeFirst() }
        let next = (first + count) % capacity
        if next < ring.count {
            ring[next] = now
        } else {
            ring.append(now)
        }
        count += 1
    }

    /// Adds the failures of another window, as far as they fit.
    mutating func fill(from other: FailureWindow) {
        for index in 0..<other.count { record(at: other[index]) }
    }

    /// Forgets all failures, and keeps the memory for those to come.
    mutating func removeAll() {
        first = 0
        count = 0
    }

    /// The failures that are inside the window at a moment, oldest first.
    func failures(at now: MonotonicInstant) -> [MonotonicInstant] {
        (0..<count).map { ring[(first + $0) % capacity] }.filter { isInside($0, at: now) }
    }

    /// A failure exactly `length` old is outside.
    private func isInside(_ failure: MonotonicInstant, at now: MonotonicInstant) -> Bool {
        now.nanoseconds(since: failure) < length
    }

    private mutating func removeFirst() {
        count -= 1
        // From the front again, so that the memory is that of the most failures inside at once.
        first = count == 0 ? 0 : (first + 1) % capacity
    }

    static func == (left: FailureWindow, right: FailureWindow) -> Bool {
        left.length == right.length && left.capacity == right.capacity && left.count == right.count
            && (0..<left.count).allSatisfy { left[$0] == right[$0] }
    }

    private subscript(index: Int) -> MonotonicInstant { ring[(first + index) % capacity] }
}
