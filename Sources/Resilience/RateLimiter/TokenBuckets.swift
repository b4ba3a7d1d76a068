/// The buckets of a bounded number of keys as a pure value: no clock, no lock.
///
/// A bucket is the instant at which it is full: missing tokens are time still to pass (the generic cell rate algorithm,
/// ITU-T I.371). All buckets fill equally fast, so the one that is full first also misses the fewest tokens. A heap keeps
/// that one at hand, and it makes room for a new key, which goes on from what it misses (as in the space-saving algorithm
/// of Metwally, Agrawal and El Abbadi). By induction no key without a bucket of its own ever took more than the first
/// bucket of the heap shows; so a key that comes back never has more than if it had been kept.
///
/// The times must not go backwards.
struct TokenBuckets<Key: Hashable & Sendable>: Sendable {
    /// The answer, and the key that made room, for the caller to release where that is safe.
    struct Taking: Sendable {
        let answer: RateLimit.Answer
        let dropped: Key?
    }

    let scale: TokenScale
    let maximumKeys: Int
    private var slots: [Key: Int] = [:]
    private var keys: [Key] = []
    private var fullAt = SlotHeap()
    private(set) var totals = RateLimit.Totals()

    init(_ limit: RateLimit, maximumKeys: Int) {
        self.scale = TokenScale(limit)
        self.maximumKeys = maximumKeys
    }

    var count: Int { keys.count }

    /// Takes tokens, all or none; a rejected call changes nothing but the totals.
    mutating func take(_ cost: Int, for key: Key, at now: MonotonicInstant) -> Taking {
        let cost = max(cost, 0)
        let now = scale.units(now)
        let slot = slots[key]
        let missing = missing(slot, at: now)
        guard cost <= scale.burst, missing + scale.units(cost) <= scale.capacity else {
            totals.rejected &+= 1
            let lacking = cost <= scale.burst ? missing + scale.units(cost) - scale.capacity : nil
            let rejection = RateLimit.Rejection(
                quota: scale.quota(missing: missing),
                retryAfter: lacking.map(scale.duration)
            )
            return Taking(answer: .rejected(rejection), dropped: nil)
        }
        totals.admitted &+= 1
        let left = missing + scale.units(cost)
        // Without a cost there is nothing to remember.
        let dropped = cost == 0 ? nil : remember(now + left, in: slot, for: key, at: now)
        return Taking(answer: .admitted(scale.quota(missing: left)), dropped: dropped)
    }

    /// What a key could take; changes nothing.
    func quota(for key: Key, at now: MonotonicInstant) -> RateLimit.Quota {
        scale.quota(missing: missing(slots[key], at: scale.units(now)))
    }

    /// The units that a key's bucket misses.
    private func missing(_ slot: Int?, at now: Int128) -> Int128 {
        if let slot { return max(0, fullAt[slot] - now) }
        guard keys.count == maximumKeys else { return 0 }
        return max(0, fullAt.least - now)
    }

    private mutating func remember(_ end: Int128, in slot: Int?, for key: Key, at now: Int128) -> Key? {
        if let slot {
            fullAt.raise(slot, to: end)
            return nil
        }
        // A full bucket is as good as none: its place is used before another one is made.
        guard keys.isEmpty || (keys.count < maximumKeys && fullAt.least > now) else {
            return replaceFirst(with: key, fullAt: end, at: now)
        }
        slots[key] = keys.count
        keys.append(key)
        fullAt.append(end)
        return nil
    }

    private mutating func replaceFirst(with key: Key, fullAt end: Int128, at now: Int128) -> Key {
        if fullAt.least > now { totals.inherited &+= 1 }
        let slot = fullAt.first
        let dropped = keys[slot]
        slots[dropped] = nil
        slots[key] = slot
        keys[slot] = key
        fullAt.raise(slot, to: end)
        return dropped
    }
}
