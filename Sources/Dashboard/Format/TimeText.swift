import EventService
import Foundation

/// Points in time as the dashboard writes and reads them, in one time zone.
struct TimeText {
    private let calendar: Calendar

    init(timeZone: TimeZone) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        self.calendar = calendar
    }

    /// The time of day, `12:31:05`.
    func clock(_ date: Date) -> String {
        let parts = calendar.dateComponents([.hour, .minute, .second], from: date)
        return "\(two(parts.hour)):\(two(parts.minute)):\(two(parts.second))"
    }

    /// The day and the minute, `2026-12-01 18:00`.
    func minute(_ date: Date) -> String {
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: date)
        return "\(four(parts.year))-\(two(parts.month))-\(two(parts.day)) \(two(parts.hour)):\(two(parts.minute))"
    }

    /// The day and the second, `2026-12-01 18:00:05`.
    func second(_ date: Date) -> String {
        let parts = calendar.dateComponents([.year, .month, .day], from: date)
        return "\(four(parts.year))-\(two(parts.month))-\(two(parts.day)) \(clock(date))"
    }

    /// The day and the second for the name of a file, `20261201-180005`.
    func fileName(_ date: Date) -> String {
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
        return four(parts.year) + two(parts.month) + two(parts.day) + "-"
            + two(parts.hour) + two(parts.minute) + two(parts.second)
    }

    /// The clock time of a moment of the same day as `now`, else the date too.
    func moment(_ date: Date, now: Date) -> String {
        calendar.isDate(date, inSameDayAs: now) ? clock(date) : minute(date)
    }

    /// An RFC 3339 time as `2026-12-01 18:00`; what is not one stays as it is.
    func minute(rfc3339 text: String) -> String {
        RFC3339.date(of: text).map(minute) ?? text
    }

    private func two(_ number: Int?) -> String {
        padded(number, to: 2)
    }

    private func four(_ number: Int?) -> String {
        padded(number, to: 4)
    }

    private func padded(_ number: Int?, to width: Int) -> String {
        let digits = String(number ?? 0)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
