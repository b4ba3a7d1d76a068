import EventService
import Foundation

/// A moment as JSON: RFC 3339 in UTC, with the millisecond that had begun, `2026-12-01T18:00:00.000Z`.
struct Timestamp: Encodable, Equatable {
    let date: Date

    init(_ date: Date) {
        self.date = date
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(RFC3339.text(of: date))
    }
}
