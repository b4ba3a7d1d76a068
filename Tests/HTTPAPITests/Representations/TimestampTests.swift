import Foundation
import Testing

@testable import HTTPAPI

@Suite("A moment as JSON")
struct TimestampTests {
    @Test("has the nearest millisecond, for every millisecond of a second")
    func milliseconds() {
        for millisecond in 0..<1000 {
            let date = Date(timeIntervalSince1970: 1_700_000_000 + Double(millisecond) / 1000)
            #expect(Timestamp(date).text == "2023-11-14T22:13:20.\(String(format: "%03d", millisecond))Z")
        }
    }

    @Test(
        "is RFC 3339 in UTC",
        arguments: [
            (0.0, "1970-01-01T00:00:00.000Z"), (-0.001, "1969-12-31T23:59:59.999Z"),
            (0.9996, "1970-01-01T00:00:01.000Z"), (1_709_210_096.7894, "2024-02-29T12:34:56.789Z"),
        ]
    )
    func text(time: Double, text: String) {
        #expect(Timestamp(Date(timeIntervalSince1970: time)).text == text)
    }
}
