import TestSupport
import Testing

@testable import Resilience

/// Random schedules against a naive account: a level per key that is never forgotten.
@Suite("Rate limiter: random schedules")
struct TokenBucketsScheduleTests {
    @Test("With a place for every key every answer is the naive one", arguments: UInt64(1)...8)
    func exact(seed: UInt64) throws {
        var schedule = try Schedule(seed: seed, keys: 12, maximumKeys: 12)
        for step in 0..<2_000 {
            schedule.step()
            if let violation = schedule.violation {
                Issue.record("seed \(seed), step \(step): \(violation)")
                return
            }
        }
        #expect(schedule.reached == [.admitted, .rejected], "seed \(seed)")
    }

    @Test("With too few places no key ever gets more than its due", arguments: UInt64(1)...8)
    func neverMore(seed: UInt64) throws {
        var schedule = try Schedule(seed: seed, keys: 12, maximumKeys: 4)
        for step in 0..<2_000 {
            schedule.step()
            if let violation = schedule.violation {
                Issue.record("seed \(seed), step \(step): \(violation)")
                return
            }
        }
        #expect(schedule.reached == [.admitted, .rejected, .inherited, .stricter], "seed \(seed)")
    }
}

private struct Schedule {
    enum Reached { case admitted, rejected, inherited, stricter }

    /// A level as if there were no other keys, in tokens × period.
    struct Naive {
        var level: Int
        var at: Int64 = 0
    }

    private var random: SplitMix64
    private let limit: RateLimit
    private let period: Int
    private let isExact: Bool
    private var buckets: TokenBuckets<Int>
    private var naive: [Naive]
    private var now: Int64 = 0
    private(set) var violation: String?
    private(set) var reached: Set<Reached> = []

    init(seed: UInt64, keys: Int, maximumKeys: Int) throws {
        random = SplitMix64(seed: seed)
        period = Int.random(in: 1...40, using: &random)
        limit = try RateLimit(
            tokens: Int.random(in: 1...12, using: &random),
            per: .nanoseconds(period),
            burst: Int.random(in: 2...9, using: &random)
        )
        isExact = keys == maximumKeys
        buckets = TokenBuckets(limit, maximumKeys: maximumKeys)
        naive = Array(repeating: Naive(level: limit.burst * period), count: keys)
    }

    mutating func step() {
        // Rarely a rest, else about as long as a token takes for each key.
        let pace = Int64(period * 4 / (limit.tokens * naive.count))
        now += Int64.random(in: 0...(random.next() % 100 == 0 ? 1_000 : pace), using: &random)
        let key = Int.random(in: 0..<naive.count, using: &random)
        let cost = Int.random(in: 0...(limit.burst + 1), using: &random) / Int.random(in: 1...3, using: &random)
        refill(key)
        let fits = cost <= limit.burst && naive[key].level >= cost * period
        let before = buckets.totals
        let looked = buckets.quota(for: key, at: MonotonicInstant(nanoseconds: now))
        let answer = buckets.take(cost, for: key, at: MonotonicInstant(nanoseconds: now)).answer
        if buckets.totals.inherited > before.inherited { reached.insert(.inherited) }
        switch answer {
        case .admitted(let quota):
            reached.insert(.admitted)
            expect(fits, "admitted beyond its due")
            naive[key].level -= cost * period
            check(quota, key)
            expect(looked.remaining == quota.remaining + cost, "looked and taken disagree")
        case .rejected(let rejection):
            reached.insert(.rejected)
            if fits { reached.insert(.stricter) }
            expect(!isExact || !fits, "rejected what was its due")
            expect(looked == rejection.quota, "a rejected call changed something")
            check(rejection.quota, key)
            check(rejection.retryAfter, cost, key)
        }
        expect(buckets.count <= buckets.maximumKeys, "too many keys")
    }

    private mutating func refill(_ key: Int) {
        let gained = Int(now - naive[key].at) * limit.tokens
        naive[key] = Naive(level: min(limit.burst * period, naive[key].level + gained), at: now)
    }

    private mutating func check(_ quota: RateLimit.Quota, _ key: Int) {
        let level = naive[key].level
        let missing = limit.burst * period - level
        let fullAfter = Duration.nanoseconds((missing + limit.tokens - 1) / limit.tokens)
        expect(quota.remaining <= level / period, "more remains than is its due")
        expect(quota.fullAfter >= fullAfter, "full too early")
        guard isExact else { return }
        expect(quota == RateLimit.Quota(remaining: level / period, fullAfter: fullAfter), "quota \(quota)")
    }

    private mutating func check(_ retryAfter: Duration?, _ cost: Int, _ key: Int) {
        guard cost <= limit.burst else { return expect(retryAfter == nil, "a time for what never fits") }
        guard let retryAfter else { return expect(false, "no time") }
        let lacking = cost * period - naive[key].level
        let wait = Duration.nanoseconds((lacking + limit.tokens - 1) / limit.tokens)
        expect(isExact ? retryAfter == wait : retryAfter >= wait, "retry after \(retryAfter), should be \(wait)")
        // The promise holds for a limiter that is left alone, and not one nanosecond earlier.
        let end = now + retryAfter.saturatedNanoseconds
        for (instant, expected) in [(end - 1, false), (end, true)] {
            var copy = buckets
            let isAdmitted =
                switch copy.take(cost, for: key, at: MonotonicInstant(nanoseconds: instant)).answer {
                case .admitted: true
                case .rejected: false
                }
            expect(isAdmitted == expected, "the time until it is admitted is wrong")
        }
    }

    private mutating func expect(_ condition: Bool, _ message: String) {
        if !condition, violation == nil { violation = message }
    }
}
