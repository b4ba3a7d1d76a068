import TestSupport
import Testing

@testable import EventService

@Suite("Past of a lane")
struct LanePastTests {
    private static func second(_ second: Int64, failures: UInt32 = 1) -> Timeline.Second {
        var new = Timeline.Second(second: second)
        new.failures = failures
        return new
    }

    @Test("keeps everything of the last day once, in periods that are longer the older they are")
    func model() throws {
        var random = SplitMix64(seed: 7)
        var past = LanePast()
        var all: [Timeline.Second] = []
        // Ends where a second of any length begins.
        var now: Int64 = 1_700_000_000
        while now < 1_700_000_000 + 30 * 3600 {
            now += Int64.random(in: 1...400, using: &random)
            let new = Self.second(now, failures: UInt32.random(in: 1...9, using: &random))
            all.append(new)
            past.take([new], now: now)
        }
        let oldest = try #require(past.periods.first).sum.second
        #expect(oldest > now - 24 * 3600 - 240 && oldest < now - 24 * 3600 + 800)
        #expect(zip(past.periods, past.periods.dropFirst()).allSatisfy { $0.sum.second <= $1.sum.second })
        #expect(past.periods.allSatisfy { $0.sum.second % $0.length == 0 })
        for (period, next) in zip(past.periods, past.periods.dropFirst()) where period.end <= next.sum.second {
            let within = all.filter { $0.second >= period.sum.second && $0.second < period.end }
            #expect(within.reduce(0) { $0 + $1.failures } == period.sum.failures)
            let finest = LanePast.resolutions.first { period.end > now - $0.age }
            #expect(period.length == finest?.length)
        }
        let kept = all.filter { $0.second >= oldest }.reduce(0) { $0 + $1.failures }
        #expect(past.periods.reduce(0) { $0 + $1.sum.failures } == kept)
    }

    @Test("stays within its bounds although something happens every second")
    func bounds() {
        var past = LanePast()
        for now in stride(from: Int64(0), to: 100_000, by: 100) {
            past.take((now - 100..<now).map { Self.second($0) }, now: now)
        }
        #expect(past.periods.count <= LanePast.maximumPeriods)
        let oldest = past.periods.first?.sum.second ?? 0
        #expect(past.periods.reduce(0) { $0 + Int64($1.sum.failures) } == 99_900 - oldest)
    }

    @Test("forgets everything after a day in which nothing happened")
    func forgets() {
        var past = LanePast()
        past.take([Self.second(1000)], now: 2000)
        past.take([Self.second(200_000)], now: 200_600)
        #expect(past.periods.map(\.sum.second) == [200_000])
    }

    @Test("counts no more than can be counted")
    func saturates() {
        var past = LanePast()
        past.take([Self.second(0, failures: .max), Self.second(1, failures: 2)], now: 600)
        #expect(past.periods.map(\.sum.failures) == [.max])
    }
}
