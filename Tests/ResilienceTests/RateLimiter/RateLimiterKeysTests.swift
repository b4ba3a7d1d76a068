import Resilience
import Synchronization
import TestSupport
import Testing

@Suite("Rate limiter: many keys", .timeLimit(.minutes(3)))
struct RateLimiterKeysTests {
    @Test("Each key has its own bucket")
    func independent() throws {
        let test = try Keys(burst: 2, maximumKeys: 10)
        #expect(test.takes("a", 2) && !test.takes("a"))
        #expect(test.takes("b", 2) && !test.takes("b"))
        #expect(test.snapshot.keys == 2)
    }

    @Test("Looking, a rejected call and a call without cost remember nothing")
    func notRemembered() throws {
        let test = try Keys(burst: 2, maximumKeys: 10)
        #expect(test.limiter.quota(for: "a").remaining == 2)
        #expect(test.takes("b", 0))
        #expect(!test.takes("c", 3))
        #expect(test.snapshot.keys == 0)
        #expect(test.snapshot.maximumKeys == 10)
    }

    @Test("A new key takes the place of a bucket that is full, also while there are places left")
    func fullFirst() throws {
        let test = try Keys(burst: 5, maximumKeys: 3)
        #expect(test.takes("a", 4) && test.takes("b", 1))
        test.clock.advance(by: .seconds(1))
        #expect(test.takes("c", 1))
        #expect(test.snapshot.keys == 2)
        #expect(test.limiter.quota(for: "a").remaining == 2, "the oldest stays: it isn't full")
        #expect(test.limiter.quota(for: "b").remaining == 5)
        #expect(test.snapshot.totals.inherited == 0)
    }

    @Test("One nanosecond before a bucket is full it keeps its place")
    func almostFull() throws {
        let test = try Keys(burst: 5, maximumKeys: 2)
        #expect(test.takes("a", 1))
        test.clock.advance(by: .nanoseconds(999_999_999))
        #expect(test.takes("b", 1))
        #expect(test.snapshot.keys == 2)
        test.clock.advance(by: .nanoseconds(1))
        #expect(test.takes("c", 1))
        #expect(test.snapshot.keys == 2)
        #expect(test.snapshot.totals.inherited == 0)
    }

    @Test("Without a place left, a new key goes on with the bucket that misses the fewest tokens")
    func inherits() throws {
        let test = try Keys(burst: 5, maximumKeys: 3)
        #expect(test.takes("a", 5) && test.takes("b", 2) && test.takes("c", 3))
        #expect(test.limiter.quota(for: "new") == RateLimit.Quota(remaining: 3, fullAfter: .seconds(2)))
        #expect(test.takes("new", 2))
        #expect(test.snapshot.totals.inherited == 1)
        #expect(test.limiter.quota(for: "new").remaining == 1)
        #expect(test.limiter.quota(for: "a").remaining == 0)
        #expect(test.limiter.quota(for: "c").remaining == 2)
        #expect(test.limiter.quota(for: "b").remaining == 2, "forgotten: now it is a new key, and c's misses fewest")
        #expect(test.snapshot.keys == 3)
    }

    @Test("A new key that is rejected drives nobody out")
    func rejectedNewcomer() throws {
        let test = try Keys(burst: 2, maximumKeys: 2)
        #expect(test.takes("a", 2) && test.takes("b", 2))
        for number in 0..<100 { #expect(!test.takes("new \(number)")) }
        test.clock.advance(by: .seconds(1))
        #expect(test.limiter.quota(for: "a").remaining == 1)
        #expect(test.limiter.quota(for: "b").remaining == 1)
        #expect(test.snapshot.totals.inherited == 0)
    }

    @Test("Keys that take turns in being forgotten get no more than one bucket", arguments: [1, 10, 100])
    func takingTurns(maximumKeys: Int) throws {
        let test = try Keys(burst: 10, maximumKeys: maximumKeys)
        for number in 1..<maximumKeys { #expect(test.takes("deep \(number)", 10)) }
        var admitted = 0
        for turn in 0..<1_000 where test.takes(turn % 2 == 0 ? "a" : "b") { admitted += 1 }
        #expect(admitted == 10)
    }

    @Test("Memory is bounded: twenty thousand keys, and all together no more than the places allow")
    func flood() throws {
        let test = try Keys(burst: 3, maximumKeys: 50)
        var admitted = 0
        for number in 0..<20_000 where test.takes("key \(number)") { admitted += 1 }
        #expect(admitted == 150)
        #expect(test.snapshot.keys == 50)
        #expect(test.snapshot.totals.inherited == 100)
        test.clock.advance(by: .seconds(3))
        #expect(test.takes("late", 3))
        #expect(test.snapshot.keys == 50)
    }

    @Test("A key whose end calls the limiter is released without the lock")
    func keyEnds() throws {
        let limiter = try RateLimiter<EndingKey>(
            try RateLimit(tokens: 1, per: .seconds(1), burst: 5),
            maximumKeys: 1,
            clock: ManualClock()
        )
        let ended = Counter()
        let onEnd: @Sendable () -> Void = { [weak limiter] in ended.add(Int(limiter?.snapshot().keys ?? 0)) }
        _ = limiter.take(for: EndingKey(number: 1, onEnd))
        _ = limiter.take(for: EndingKey(number: 2, onEnd))
        #expect(ended.value == 1)
    }

    @Test("Ten threads at once take exactly what there is", arguments: [1, 7])
    func threads(keys: Int) async throws {
        let test = try Keys(burst: 1_000, maximumKeys: keys)
        let admitted = Counter()
        await onThreads(10) { thread in
            for step in 0..<2_000 where test.takes("\((thread + step) % keys)") { admitted.add() }
        }
        #expect(admitted.value == 1_000 * keys)
        let totals = test.snapshot.totals
        #expect(totals.admitted == UInt64(1_000 * keys))
        #expect(totals.admitted + totals.rejected == 20_000)
    }
}

/// A limiter with one token a second for each key, on a manual clock.
private struct Keys: Sendable {
    let clock = ManualClock()
    let limiter: RateLimiter<String>

    init(burst: Int, maximumKeys: Int) throws {
        let limit = try RateLimit(tokens: 1, per: .seconds(1), burst: burst)
        limiter = try RateLimiter(limit, maximumKeys: maximumKeys, clock: clock)
    }

    var snapshot: RateLimit.Snapshot { limiter.snapshot() }

    /// Whether the call got in.
    func takes(_ key: String, _ cost: Int = 1) -> Bool {
        switch limiter.take(cost: cost, for: key) {
        case .admitted: true
        case .rejected: false
        }
    }
}

/// A key that calls out when it is released.
private final class EndingKey: Sendable, Hashable {
    let number: Int
    private let onEnd: @Sendable () -> Void

    init(number: Int, _ onEnd: @escaping @Sendable () -> Void) {
        self.number = number
        self.onEnd = onEnd
    }

    deinit { onEnd() }

    static func == (left: EndingKey, right: EndingKey) -> Bool { left.number == right.number }

    func hash(into hasher: inout Hasher) { hasher.combine(number) }
}
