import Resilience
import TestSupport
import Testing

@Suite("Rate limiter: one bucket")
struct RateLimiterTests {
    @Test("A new bucket is full, and tells what is left and when it is full again")
    func burst() throws {
        let test = try Bucket(tokens: 2, per: .seconds(1), burst: 4)
        #expect(test.limiter.quota() == RateLimit.Quota(remaining: 4, fullAfter: .zero))
        #expect(test.limiter.take() == .admitted(RateLimit.Quota(remaining: 3, fullAfter: .milliseconds(500))))
        #expect(test.limiter.take(cost: 3) == .admitted(RateLimit.Quota(remaining: 0, fullAfter: .seconds(2))))
    }

    @Test("An empty bucket rejects until the token is there: not one nanosecond before, and exactly then")
    func edge() throws {
        let test = try Bucket(tokens: 2, per: .seconds(1), burst: 4)
        #expect(test.take(4))
        #expect(test.rejection()?.retryAfter == .milliseconds(500))
        test.clock.advance(by: .nanoseconds(499_999_999))
        #expect(test.rejection()?.retryAfter == .nanoseconds(1))
        test.clock.advance(by: .nanoseconds(1))
        #expect(test.take())
        #expect(!test.take())
    }

    @Test("The time until a larger cost fits is told, and true")
    func largerCost() throws {
        let test = try Bucket(tokens: 10, per: .seconds(1), burst: 5)
        #expect(test.take(4))
        #expect(test.rejection(3)?.retryAfter == .milliseconds(200))
        #expect(test.rejection(5)?.retryAfter == .milliseconds(400))
        #expect(test.rejection(3)?.quota == RateLimit.Quota(remaining: 1, fullAfter: .milliseconds(400)))
        test.clock.advance(by: .milliseconds(200) - .nanoseconds(1))
        #expect(!test.take(3))
        test.clock.advance(by: .nanoseconds(1))
        #expect(test.take(3))
    }

    @Test("A rejected call takes nothing")
    func rejectedTakesNothing() throws {
        let test = try Bucket(tokens: 1, per: .seconds(1), burst: 2)
        #expect(test.take())
        for _ in 0..<100 { #expect(!test.take(2)) }
        #expect(test.take())
        #expect(test.limiter.snapshot().totals.rejected == 100)
        #expect(test.limiter.snapshot().totals.admitted == 2)
    }

    @Test("A cost of zero or less gets in and takes nothing, even from an empty bucket")
    func noCost() throws {
        let test = try Bucket(tokens: 1, per: .seconds(1), burst: 2)
        #expect(test.take(-5))
        #expect(test.limiter.quota().remaining == 2)
        #expect(test.take(2))
        #expect(test.limiter.take(cost: 0) == .admitted(RateLimit.Quota(remaining: 0, fullAfter: .seconds(2))))
        #expect(test.take(.min))
        #expect(test.limiter.quota().remaining == 0)
    }

    @Test("A cost above the burst never gets in, and is told so; the burst itself does")
    func aboveBurst() throws {
        let test = try Bucket(tokens: 100, per: .seconds(1), burst: 5)
        #expect(test.rejection(6) == RateLimit.Rejection(quota: .init(remaining: 5, fullAfter: .zero), retryAfter: nil))
        #expect(test.rejection(.max)?.retryAfter == nil)
        #expect(test.take(5))
    }

    @Test("A bucket never holds more than the burst, however long it rests")
    func longRest() throws {
        let test = try Bucket(tokens: 1_000_000, per: .nanoseconds(1), burst: 3)
        #expect(test.take(3))
        test.clock.advance(by: .seconds(9_000_000_000))
        #expect(test.limiter.quota() == RateLimit.Quota(remaining: 3, fullAfter: .zero))
        #expect(test.take(3))
        #expect(!test.take())
    }

    @Test("A rate that doesn't divide a second is exact for ever: 3 tokens in 10 ns come at 4, 7 and 10 ns")
    func noDrift() throws {
        let test = try Bucket(tokens: 3, per: .nanoseconds(10), burst: 1)
        var admittedAt: [Int] = []
        for nanosecond in 0..<30_000 {
            if test.take() { admittedAt.append(nanosecond) }
            test.clock.advance(by: .nanoseconds(1))
        }
        // The bucket holds one token, so each is taken when it is whole, and the next one takes 10 / 3 ns from then.
        #expect(admittedAt.prefix(4) == [0, 4, 8, 12])
        let patient = try Bucket(tokens: 3, per: .nanoseconds(10), burst: 30_000)
        #expect(patient.take(30_000))
        for (nanosecond, tokens) in [(3, 0), (4, 1), (6, 1), (7, 2), (9, 2), (10, 3), (99_999, 29_999)] {
            patient.clock.advance(by: .nanoseconds(nanosecond) - patient.clock.now.offset)
            #expect(patient.limiter.quota().remaining == tokens, "after \(nanosecond) ns")
        }
    }

    @Test("Taking as fast as possible for a long time gets exactly burst + rate × time")
    func total() throws {
        let test = try Bucket(tokens: 7, per: .microseconds(1), burst: 5)
        var admitted = 0
        for _ in 0..<10_000 {
            while test.take() { admitted += 1 }
            test.clock.advance(by: .nanoseconds(100))
        }
        while test.take() { admitted += 1 }
        #expect(admitted == 5 + 7 * 1_000)
    }

    @Test("The largest rates, periods and bursts work and saturate")
    func extremes() throws {
        let fast = try Bucket(tokens: .max, per: .nanoseconds(1), burst: .max)
        #expect(fast.take(.max))
        #expect(fast.rejection()?.retryAfter == .nanoseconds(1))
        fast.clock.advance(by: .nanoseconds(1))
        #expect(fast.limiter.quota() == RateLimit.Quota(remaining: .max, fullAfter: .zero))

        let slow = try Bucket(tokens: 1, per: .nanoseconds(Int64.max), burst: .max)
        slow.clock.advance(by: .nanoseconds(Int64.max))
        #expect(slow.take(.max))
        #expect(slow.limiter.quota() == RateLimit.Quota(remaining: 0, fullAfter: .nanoseconds(Int64.max)))
        #expect(slow.rejection()?.retryAfter == .nanoseconds(Int64.max))
        #expect(slow.limiter.limit.timeToFill == .nanoseconds(Int64.max))
        slow.clock.advance(by: .seconds(1))
        #expect(slow.limiter.quota().remaining == 0, "the clock has come to its end")
    }
}

/// A limiter with one bucket on a manual clock.
private struct Bucket {
    let clock = ManualClock()
    let limiter: RateLimiter<SingleKey>

    init(tokens: Int, per period: Duration, burst: Int) throws {
        limiter = RateLimiter(try RateLimit(tokens: tokens, per: period, burst: burst), clock: clock)
    }

    /// Whether the call got in.
    func take(_ cost: Int = 1) -> Bool { rejection(cost) == nil }

    func rejection(_ cost: Int = 1) -> RateLimit.Rejection? {
        switch limiter.take(cost: cost) {
        case .admitted: nil
        case .rejected(let rejection): rejection
        }
    }
}
