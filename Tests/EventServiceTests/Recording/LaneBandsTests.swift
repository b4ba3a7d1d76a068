import Foundation
import Testing

@testable import EventService

@Suite("Bands of a lane")
struct LaneBandsTests {
    private func date(_ offset: Double) -> Date { Date(timeIntervalSince1970: 1_700_000_000 + offset) }

    /// Waits of 60 s and probes of 1 s, one after the other.
    private func outage(_ bands: inout LaneBands, from start: Double, probes: Int) {
        for probe in 0..<probes {
            let open = start + Double(probe) * 61
            bands.begin(.init(state: .open, from: date(open), wait: .seconds(60)))
            bands.end(at: date(open + 60))
            bands.begin(.init(state: .halfOpen, from: date(open + 60)))
            bands.end(at: date(open + 61))
        }
    }

    @Test("an outage of a day becomes one band and the newest as they were; the one before it stays apart")
    func outage() throws {
        var bands = LaneBands()
        outage(&bands, from: 0, probes: 3)
        outage(&bands, from: 7200, probes: 1416)
        #expect(bands.all.count == LaneBands.maximum)
        let whole = bands.all.suffix(LaneBands.whole)
        #expect(whole.allSatisfy { $0.state == .halfOpen || $0.wait == .seconds(60) })
        #expect(bands.all.first?.from == date(0))
        #expect(bands.all.contains { $0.to == date(183) }, "the time between the outages is kept")
        let second = try #require(bands.all.first { $0.from == date(7200) })
        #expect(second.state == .open && second.wait == nil)
        for (band, next) in zip(bands.all, bands.all.dropFirst()) {
            #expect(band.to == next.from || (band.to == date(183) && next.from == date(7200)))
        }
    }

    @Test("a breaker whose wait was over is half-open from then on, whenever the next call comes")
    func waitIsOver() {
        var bands = LaneBands()
        bands.begin(.init(state: .open, from: date(0), wait: .seconds(10)))
        bands.end(at: date(110))
        bands.begin(.init(state: .halfOpen, from: date(110)))
        bands.end(at: date(111))
        bands.begin(.init(state: .open, from: date(111), wait: .seconds(20)))
        let expected: [Timeline.Band] = [
            .init(state: .open, from: date(0), to: date(10), wait: .seconds(10)),
            .init(state: .halfOpen, from: date(10), to: date(111)),
            .init(state: .open, from: date(111), wait: .seconds(20)),
        ]
        #expect(bands.all == expected)
    }

    @Test("a band never ends before it begins, whatever the clock does")
    func clockSetBack() {
        var bands = LaneBands()
        bands.begin(.init(state: .open, from: date(10)))
        bands.end(at: date(5))
        #expect(bands.all.map(\.to) == [date(10)])
        bands.end(at: date(20))
        #expect(bands.all.map(\.to) == [date(10)])
    }

    @Test("nothing is left in the future of a clock that was set back, and what follows comes after it")
    func forgetsFuture() {
        var bands = LaneBands()
        outage(&bands, from: 0, probes: 3)
        bands.end(at: date(70))
        #expect(bands.all.map(\.from) == [0, 60, 61].map(date))
        #expect(bands.all.map(\.to) == [60, 61, 70].map(date))
        bands.begin(.init(state: .open, from: date(80)))
        bands.end(at: date(90))
        #expect(bands.all.last == .init(state: .open, from: date(80), to: date(90)))
    }
}
