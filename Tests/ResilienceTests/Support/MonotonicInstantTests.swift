import Testing

@testable import Resilience

@Suite("Monotonic instant")
struct MonotonicInstantTests {
    @Test("Durations convert to whole nanoseconds, and saturate")
    func conversion() {
        #expect(Duration.seconds(3).saturatedNanoseconds == 3_000_000_000)
        #expect(Duration(secondsComponent: 0, attosecondsComponent: 1_999_999_999).saturatedNanoseconds == 1)
        #expect(Duration.milliseconds(-5).saturatedNanoseconds == -5_000_000)
        #expect(Duration.seconds(Int64.max).saturatedNanoseconds == .max)
        #expect(Duration.seconds(Int64.min).saturatedNanoseconds == .min)
        #expect(Duration.nanoseconds(Int64.max).saturatedNanoseconds == .max)
    }

    @Test("Arithmetic saturates at both ends")
    func saturation() {
        let last = MonotonicInstant(nanoseconds: .max)
        let first = MonotonicInstant(nanoseconds: .min)
        #expect(last.advanced(by: 1) == last)
        #expect(first.advanced(by: -1) == first)
        #expect(last.nanoseconds(since: first) == .max)
        #expect(first.nanoseconds(since: last) == .min)
        #expect(first.duration(since: last) == .zero)
    }

    @Test("Floating-point numbers convert to the nearest that fits")
    func floatingPoint() {
        #expect(Int64(saturating: 1.9) == 1)
        #expect(Int64(saturating: 1e300) == .max)
        #expect(Int64(saturating: 0x1p63) == .max)
        #expect(Int64(saturating: -1e300) == .min)
        #expect(Int64(saturating: .infinity) == .max)
        #expect(Int64(saturating: .nan) == 0)
    }
}
