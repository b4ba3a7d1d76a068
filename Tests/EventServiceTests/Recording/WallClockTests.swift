import Foundation
import TestSupport
import Testing

@testable import EventService

@Suite("Wall clock")
struct WallClockTests {
    private let start = Date(timeIntervalSince1970: 1_700_000_000)

    @Test("reads its start at first and goes on as the monotonic clock does")
    func goesOn() {
        let clock = ManualClock(at: .seconds(500))
        let time = WallClock(start: start, clock: clock)
        #expect(time.now == start)
        #expect(time.uptime == .zero)
        clock.advance(by: .milliseconds(1500))
        #expect(time.now == start.addingTimeInterval(1.5))
        #expect(time.uptime == .milliseconds(1500))
    }

    @Test("follows the system's time when that is set, and not when it drifts")
    func follows() {
        let clock = ManualClock()
        let system = Observed(start)
        let time = WallClock(start: start, clock: clock) { system.value }
        clock.advance(by: .seconds(10))
        system.change { $0 = start + 10.9 }
        #expect(time.now == start + 10)
        for shift in [7200.0, -7200] {
            system.change { $0 = start + 10 + shift }
            #expect(time.now == start + 10 + shift)
            #expect(time.date(after: .seconds(4)) == start + 4 + shift)
        }
        #expect(time.uptime == .seconds(10))
    }

    @Test("gives a moment the same date whenever it is asked")
    func stable() {
        let clock = ManualClock()
        let time = WallClock(start: start, clock: clock)
        let date = time.date(after: .nanoseconds(1_234_567_891))
        clock.advance(by: .seconds(3600))
        #expect(time.date(after: .nanoseconds(1_234_567_891)) == date)
        #expect(abs(date.timeIntervalSince(start) - 1.234567891) < 1e-6)
    }
}
