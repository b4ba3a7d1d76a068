import Foundation
import Testing

@testable import EventService

@Suite("Latency record")
struct LatencyRecordTests {
    /// A multiple of five seconds.
    private let start = 1_700_000_000

    @Test("sums up five seconds at a time, and says nothing of those without a call")
    func spells() {
        var record = LatencyRecord()
        #expect(record.latencies.isEmpty)
        for milliseconds in 1...99 { record.count(.milliseconds(milliseconds), at: date(1)) }
        record.count(.seconds(2), at: date(4.999))
        record.count(.milliseconds(7), at: date(23))
        #expect(record.latencies.map(\.second) == [0, 20].map { Int64(start) + $0 })
        #expect(record.latencies.map(\.calls) == [100, 1])
        #expect(record.latencies.last?.median == .milliseconds(7))
        #expect(record.latencies.last?.percentile99 == .milliseconds(7))
        let first = record.latencies[0]
        #expect((.milliseconds(50) ... .milliseconds(57)).contains(first.median))
        #expect((.milliseconds(99) ... .milliseconds(112)).contains(first.percentile99))
    }

    @Test("what comes late counts in the spell under way")
    func late() {
        var record = LatencyRecord()
        record.count(.milliseconds(1), at: date(5))
        record.count(.milliseconds(1), at: date(4))
        #expect(record.latencies.map(\.calls) == [2])
    }

    @Test("forgets the future when the clock is set back, and goes on")
    func setBack() {
        var record = LatencyRecord()
        for offset in [0, 100, 3600, 3605] { record.count(.milliseconds(1), at: date(Double(offset))) }
        record.count(.milliseconds(2), at: date(104))
        record.count(.milliseconds(2), at: date(110))
        #expect(record.latencies.map { $0.second - Int64(start) } == [100, 110])
        #expect(record.latencies.map(\.calls) == [1, 1])
        #expect(record.latencies.first?.median == .milliseconds(2))
    }

    @Test("keeps ten minutes")
    func bounds() {
        var record = LatencyRecord()
        for number in 0..<2_000 { record.count(.milliseconds(1), at: date(Double(number))) }
        #expect(record.latencies.count == LatencyRecord.maximumSpells)
        #expect(record.latencies.allSatisfy { $0.calls == 5 })
        record.count(.milliseconds(1), at: date(2_300))
        #expect(record.latencies.first?.second == Int64(start) + 1_705)
        record.count(.milliseconds(1), at: date(90_000))
        #expect(record.latencies.count == 1)
    }

    private func date(_ offset: Double) -> Date {
        Date(timeIntervalSince1970: Double(start) + offset)
    }
}
