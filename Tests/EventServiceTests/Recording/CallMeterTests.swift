import Foundation
import Testing

@testable import EventService

@Suite("Counting from many threads")
struct CallMeterTests {
    @Test("nothing is lost, and nobody who looks meanwhile sees parts of a count")
    func threads() {
        let (meter, fanOut) = (CallMeter(), FanOutMeter())
        DispatchQueue.concurrentPerform(iterations: 8) { thread in
            for number in 0..<5_000 {
                fanOut.began()
                meter.attemptBegan(isRetry: thread == 0)
                meter.attemptEnded(thread.isMultiple(of: 2) ? .success : .reset, after: .milliseconds(3))
                meter.callEnded(.success)
                fanOut.finished()
                if number.isMultiple(of: 100) {
                    let seen = meter.statistics
                    #expect(seen.attempts[.success] + seen.attempts[.reset] == seen.attemptDurations.count)
                    #expect(seen.attemptDurations.sum == .milliseconds(3) * Int(seen.attemptDurations.count))
                    #expect(seen.attemptsUnderWay <= 8)
                    #expect(fanOut.statistics.elementsUnderWay <= 40_000, "never below zero")
                }
            }
        }
        let statistics = meter.statistics
        #expect(statistics.attempts[.success] == 20_000)
        #expect(statistics.attempts[.reset] == 20_000)
        #expect(statistics.calls[.success] == 40_000)
        #expect(statistics.retries == 5_000)
        #expect(statistics.attemptsUnderWay == 0)
        #expect(fanOut.statistics == FanOutStatistics(elements: 40_000, elementsUnderWay: 0))
    }
}
