import Resilience
import TestSupport
import Testing

@Suite("Back-off")
struct BackoffTests {
    @Test("The longest delay doubles up to the cap")
    func growth() throws {
        let backoff = try Backoff(base: .milliseconds(500), cap: .seconds(5))
        let longest = (1...6).map { backoff.longestDelay(beforeRetry: $0) }
        #expect(longest == [500, 1000, 2000, 4000, 5000, 5000].map { Duration.milliseconds($0) })
        #expect(backoff.longestDelay(beforeRetry: 0) == .milliseconds(500))
    }

    @Test("No retry is too late and no factor too large")
    func saturation() throws {
        let backoff = try Backoff(base: .seconds(1), multiplier: 1e300, cap: .seconds(Int64.max))
        #expect(backoff.longestDelay(beforeRetry: .max) == .nanoseconds(Int64.max))
        let fixed = try Backoff(base: .seconds(1), multiplier: 1, cap: .seconds(9))
        #expect(fixed.longestDelay(beforeRetry: .max) == .seconds(1))
        let none = try Backoff(base: .zero, multiplier: 1e300, cap: .seconds(9))
        #expect(none.longestDelay(beforeRetry: .max) == .zero)
    }

    @Test("The jitter is full: from zero to the longest delay")
    func jitter() throws {
        let backoff = try Backoff(base: .seconds(8), cap: .seconds(8))
        #expect(backoff.delay(beforeRetry: 1, random: .constant(0)) == .zero)
        #expect(backoff.delay(beforeRetry: 1, random: .constant(0.25)) == .seconds(2))
        let random = RandomSource(SplitMix64(seed: 3))
        let delays = (0..<1_000).map { _ in backoff.delay(beforeRetry: 1, random: random) }
        #expect(delays.allSatisfy { $0 >= .zero && $0 < .seconds(8) })
        #expect(delays.filter { $0 < .seconds(4) }.count > 400)
        #expect(delays.filter { $0 >= .seconds(4) }.count > 400)
    }

    @Test("Settings out of range are refused by name")
    func validation() {
        #expect(throws: InvalidConfiguration(field: "base", value: "-1.0 seconds", allowed: "0 seconds or more")) {
            try Backoff(base: .seconds(-1), cap: .seconds(1))
        }
        #expect(throws: InvalidConfiguration.self) { try Backoff(base: .seconds(1), multiplier: 0, cap: .seconds(1)) }
        #expect(throws: InvalidConfiguration.self) { try Backoff(base: .seconds(2), cap: .seconds(1)) }
    }
}
