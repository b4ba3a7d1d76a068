import EventService
import Foundation
import Synchronization
import Testing

@Suite("Times as RFC 3339 has them")
struct RFC3339Tests {
    @Test(
        "have milliseconds, cut off, in UTC",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (1_700_000_000.25, "2023-11-14T22:13:20.250Z"),
            (1_709_210_096.0078, "2024-02-29T12:34:56.007Z"), (4_102_444_799.9999, "2099-12-31T23:59:59.999Z"),
            (0.9996, "1970-01-01T00:00:00.999Z"), (0.999_998, "1970-01-01T00:00:00.999Z"),
            (-0.5, "1969-12-31T23:59:59.500Z"), (-0.001, "1969-12-31T23:59:59.999Z"),
            (-0.0011, "1969-12-31T23:59:59.998Z"),
        ]
    )
    func text(seconds: Double, text: String) {
        #expect(RFC3339.text(of: Date(timeIntervalSince1970: seconds)) == text)
    }

    @Test("have every millisecond of a second, whichever way a date comes near it", arguments: [0, 2e-7, -2e-7])
    func milliseconds(distance: Double) {
        for millisecond in 0..<1000 {
            let date = Date(timeIntervalSince1970: 1_700_000_000 + Double(millisecond) / 1000 + distance)
            #expect(RFC3339.text(of: date) == "2023-11-14T22:13:20.\(String(format: "%03d", millisecond))Z")
        }
    }

    @Test("are right for every one of many times in any order, from many threads")
    func reused() {
        let format = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        let wrong = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 4) { thread in
            for number in 0..<2_000 {
                // Halves of a second, which are exact.
                let date = Date(timeIntervalSince1970: 1_700_000_000 + Double((number * 7 + thread) % 11) / 2)
                let text = RFC3339.text(of: date)
                if text != date.formatted(format) { wrong.withLock { $0.append(text) } }
            }
        }
        #expect(wrong.withLock { $0 } == [])
    }
}
