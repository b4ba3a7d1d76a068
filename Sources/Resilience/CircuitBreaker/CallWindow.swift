/// The calls of a sliding window, counted in buckets of equal length.
///
/// The memory is the buckets, whatever the number of calls. A bucket leaves whole, at the moment its beginning is as old
/// as the window: so no call counts for longer than the window, and none for shorter than the window less one bucket.
struct CallWindow: Sendable, Equatable {
    private let bucketLength: Int64
    /// Bucket n begins at n × `bucketLength` and lies at n modulo the number of buckets.
    private var ring: [CircuitBreaker.CallCounts]
    private var newest: Int64 = 0
    /// The calls of all buckets.
    ///
    /// No counter can overflow: a call takes a nanosecond at least, and 2^63 of those are 292 years.
    private(set) var counts = CircuitBreaker.CallCounts()

    /// A window that is `length` nanoseconds long, less what doesn't divide by the buckets.
    ///
    /// `length` must be at least `buckets`, and that at least 1.
    init(length: Int64, buckets: Int) {
        self.bucketLength = length / Int64(buckets)
        self.ring = Array(repeating: CircuitBreaker.CallCounts(), count: buckets)
    }

    /// Counts a call that ended, after what is outside at that moment has left.
    mutating func record(failed: Bool, slow: Bool, at now: MonotonicInstant) {
        slide(to: now)
        counts.add(failed: failed, slow: slow)
        ring[place(of: newest)].add(failed: failed, slow: slow)
    }

    /// Forgets the buckets that are outside at a moment.
    mutating func slide(to now: MonotonicInstant) {
        let number = now.nanoseconds / bucketLength
        guard number > newest else { return }
        for step in 1...min(number - newest, Int64(ring.count)) {
            let place = place(of: newest + step)
            counts.subtract(ring[place])
            ring[place] = CircuitBreaker.CallCounts()
        }
        newest = number
    }

    /// Forgets all calls, and keeps the memory for those to come.
    mutating func removeAll() {
        for place in ring.indices { ring[place] = CircuitBreaker.CallCounts() }
        counts = CircuitBreaker.CallCounts()
    }

    /// The buckets since time zero, oldest first, the empty ones too.
    var buckets: [CircuitBreaker.CallBucket] {
        (max(0, newest - Int64(ring.count) + 1)...newest).map { number in
            CircuitBreaker.CallBucket(startsAt: .nanoseconds(number * bucketLength), counts: ring[place(of: number)])
        }
    }

    /// Whether the other window has as many buckets of the same length.
    func hasShape(of other: CallWindow) -> Bool {
        bucketLength == other.bucketLength && ring.count == other.ring.count
    }

    private func place(of number: Int64) -> Int { Int(number % Int64(ring.count)) }
}

extension CircuitBreaker.CallCounts {
    fileprivate mutating func add(failed: Bool, slow: Bool) {
        calls += 1
        if failed { self.failed += 1 }
        if slow { self.slow += 1 }
    }

    fileprivate mutating func subtract(_ other: CircuitBreaker.CallCounts) {
        calls -= other.calls
        failed -= other.failed
        slow -= other.slow
    }
}
