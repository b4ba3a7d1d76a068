import Foundation

/// A moment as JSON: RFC 3339 in UTC, to the nearest millisecond, `2026-12-01T18:00:00.000Z`.
struct Timestamp: Encodable, Equatable {
    let date: Date

    init(_ date: Date) {
        self.date = date
    }

    /// The moment in words.
    var text: String {
        // The style cuts off what is below a millisecond, and a date is binary: half a millisecond more, and what it cuts
        // off is never part of the time.
        let milliseconds = (date.timeIntervalSince1970 * 1000).rounded() + 0.5
        return Date(timeIntervalSince1970: milliseconds / 1000).formatted(Self.style)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    private static let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
}
