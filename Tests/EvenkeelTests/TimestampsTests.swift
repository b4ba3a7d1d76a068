import Foundation
import Synchronization
import Testing

@testable import evenkeel

@Suite("Timestamps of the log")
struct TimestampsTests {
    @Test(
        "have milliseconds, rounded down, in UTC",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (1_700_000_000.25, "2023-11-14T22:13:20.250Z"),
            (1_709_210_096.0078, "2024-02-29T12:34:56.007Z"), (4_102_444_799.9999, "2099-12-31T23:59:59.999Z"),
            (-0.5, "1969-12-31T23:59:59.500Z"),
        ]
    )
    func text(seconds: Double, text: String) {
        #expect(Timestamps().text(of: Date(timeIntervalSince1970: seconds)) == text)
    }

    @Test("are right for every one of many times in any order, from many threads")
    func reused() {
        let timestamps = Timestamps()
        let format = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        let wrong = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 4) { thread in
            for number in 0..<2_000 {
                // Halves of a second, which are exact.
                let date = Date(timeIntervalSince1970: 1_700_000_000 + Double((number * 7 + thread) % 11) / 2)
                let text = timestamps.text(of: date)
                if text != date.formatted(format) { wrong.withLock { $0.append(text) } }
            }
        }
        #expect(wrong.withLock { $0 } == [])
    }
}
