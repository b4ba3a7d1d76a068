import EventService
import Testing

@Suite("Durations in units")
struct DurationUnitsTests {
    @Test(
        "whole seconds are rounded up, so that nobody who waits for them is early",
        arguments: [
            (.zero, 0), (.nanoseconds(1), 1), (.milliseconds(999), 1), (.seconds(1), 1), (.milliseconds(1001), 2),
            (.seconds(10) - .nanoseconds(1), 10), (.nanoseconds(-1), 0), (.milliseconds(-1500), -1),
            (Duration(secondsComponent: 0, attosecondsComponent: 1), 1),
        ] as [(Duration, Int64)]
    )
    func wholeSeconds(duration: Duration, seconds: Int64) {
        #expect(duration.wholeSeconds == seconds)
    }

    @Test(
        "milliseconds are rounded down",
        arguments: [(.zero, 0), (.microseconds(999), 0), (.microseconds(1999), 1), (.seconds(61), 61_000)]
            as [(Duration, Int64)]
    )
    func milliseconds(duration: Duration, milliseconds: Int64) {
        #expect(duration.milliseconds == milliseconds)
    }

    @Test("seconds for arithmetic have their fraction")
    func inSeconds() {
        #expect(Duration.milliseconds(1250).inSeconds == 1.25)
        #expect(Duration.milliseconds(-1250).inSeconds == -1.25)
    }
}
