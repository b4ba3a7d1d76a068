import Resilience
import Testing

@Suite("Rate limit: settings")
struct RateLimitTests {
    @Test("The burst is the tokens of a period by default")
    func defaults() throws {
        let limit = try RateLimit(tokens: 100, per: .seconds(60))
        #expect(limit.burst == 100)
        #expect(limit.timeToFill == .seconds(60))
    }

    @Test("The time to fill is the burst's, rounded up to a nanosecond")
    func timeToFill() throws {
        #expect(try RateLimit(tokens: 100, per: .seconds(60), burst: 20).timeToFill == .seconds(12))
        #expect(try RateLimit(tokens: 3, per: .nanoseconds(10), burst: 1).timeToFill == .nanoseconds(4))
    }

    @Test("A setting out of range is refused with its name, its value and what is allowed")
    func outOfRange() {
        #expect(throws: InvalidConfiguration(field: "tokens", value: "0", allowed: "1 or more")) {
            try RateLimit(tokens: 0, per: .seconds(1))
        }
        #expect(throws: InvalidConfiguration(field: "burst", value: "0", allowed: "1 or more")) {
            try RateLimit(tokens: 1, per: .seconds(1), burst: 0)
        }
        for period in [Duration.zero, .seconds(-1), .nanoseconds(Int64.max) + .nanoseconds(1)] {
            let error = #expect(throws: InvalidConfiguration.self) { try RateLimit(tokens: 1, per: period) }
            #expect(error?.field == "period")
        }
        #expect(throws: InvalidConfiguration(field: "maximumKeys", value: "0", allowed: "1 or more")) {
            try RateLimiter<Int>(RateLimit(tokens: 1, per: .seconds(1)), maximumKeys: 0)
        }
    }

    @Test("The bounds themselves are allowed, and what is below a nanosecond is cut off")
    func bounds() throws {
        let least = try RateLimit(
            tokens: 1,
            per: Duration(secondsComponent: 0, attosecondsComponent: 1_999_999_999),
            burst: 1
        )
        #expect(least.period == .nanoseconds(1))
        #expect(try RateLimit(tokens: .max, per: .nanoseconds(Int64.max)).burst == .max)
        #expect(try RateLimiter<Int>(least, maximumKeys: 1).maximumKeys == 1)
    }
}
