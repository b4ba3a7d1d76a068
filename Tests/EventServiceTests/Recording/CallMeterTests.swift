import Foundation
import Synchronization
import Testing

@testable import EventService

@Suite("Counting from many threads")
struct CallMeterTests {
    @Test("nothing is lost, and nobody who looks meanwhile sees parts of a count")
    func threads() {
        let (meter, fanOut) = (CallMeter(), FanOutMeter())
        let torn = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: 8) { thread in
            for number in 0..<5_000 {
                fanOut.began()
                meter.attemptBegan(isRetry: thread == 0)
                meter.attemptEnded(thread.isMultiple(of: 2) ? .success : .reset, after: .milliseconds(3))
                meter.callEnded(.success)
                fanOut.finished()
                if number.isMultiple(of: 100), !isWhole(meter.statistics, fanOut.statistics) {
                    torn.add(1, ordering: .relaxed)
                }
            }
        }
        #expect(torn.load(ordering: .relaxed) == 0)
        let statistics = meter.statistics
        #expect(statistics.attempts[.success] == 20_000)
        #expect(statistics.attempts[.reset] == 20_000)
        #expect(statistics.calls[.success] == 40_000)
        #expect(statistics.retries == 5_000)
        #expect(statistics.attemptsUnderWay == 0)
        #expect(fanOut.statistics == FanOutStatistics(elements: 40_000, elementsUnderWay: 0))
    }

    /// Whether the parts of what is counted together fit each other.
    private func isWhole(_ calls: CallStatistics, _ fanOut: FanOutStatistics) -> Bool {
        calls.attempts[.success] + calls.attempts[.reset] == calls.attemptDurations.count
            && calls.attemptDurations.sum == .milliseconds(3) * Int(calls.attemptDurations.count)
            && (0...8).contains(calls.attemptsUnderWay)
            // Wrapped around, had there been more ends than beginnings.
            && fanOut.elementsUnderWay <= 40_000
    }
}
