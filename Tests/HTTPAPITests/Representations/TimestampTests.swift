import Foundation
import Testing

@testable import HTTPAPI

@Suite("A moment as JSON")
struct TimestampTests {
    @Test("is its text")
    func encoding() throws {
        let data = try JSONEncoder().encode([Timestamp(Date(timeIntervalSince1970: 1_709_210_096.7896))])
        #expect(String(decoding: data, as: UTF8.self) == #"["2024-02-29T12:34:56.789Z"]"#)
    }
}
