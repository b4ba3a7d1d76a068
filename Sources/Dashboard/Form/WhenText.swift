import Foundation

/// The form's date and time: `YYYY-MM-DD HH:MM`, or nothing.
enum WhenText {
    enum Problem: Error, Equatable {
        case malformed
        case noSuchDay
        case noSuchHour
        /// The clocks go forward over it.
        case skipped

        var message: String {
            switch self {
            case .malformed: "write it as YYYY-MM-DD HH:MM, or leave it empty"
            case .noSuchDay: "there is no such day"
            case .noSuchHour: "hours go from 00:00 to 23:59"
            case .skipped: "the clocks go forward over that time"
            }
        }
    }

    /// The text as RFC 3339 with the time zone's offset, `nil` when it is empty.
    ///
    /// Where the clocks go back and the time occurs twice, the first one is meant.
    static func rfc3339(_ text: String, timeZone: TimeZone) throws(Problem) -> String? {
        let text = text.trimmingCharacters(in: .whitespaces)
        if text.isEmpty { return nil }
        let parts = try numbers(in: text)
        guard parts.hour < 24, parts.minute < 60 else { throw .noSuchHour }

        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        let wanted = DateComponents(
            year: parts.year,
            month: parts.month,
            day: parts.day,
            hour: parts.hour,
            minute: parts.minute
        )
        guard let date = calendar.date(from: wanted) else { throw .noSuchDay }
        let found = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: date)
        guard found.year == parts.year, found.month == parts.month, found.day == parts.day else { throw .noSuchDay }
        guard found.hour == parts.hour, found.minute == parts.minute else { throw .skipped }
        return Date.ISO8601FormatStyle(timeZoneSeparator: .colon, timeZone: timeZone).format(date)
    }

    private struct Parts {
        var year, month, day, hour, minute: Int
    }

    private static func numbers(in text: String) throws(Problem) -> Parts {
        let pattern = /(\d{4})-(\d{1,2})-(\d{1,2})[T ]+(\d{1,2}):(\d{2})/.asciiOnlyDigits()
        guard
            let match = text.wholeMatch(of: pattern),
            let year = Int(match.1), let month = Int(match.2), let day = Int(match.3),
            let hour = Int(match.4), let minute = Int(match.5), year > 0
        else { throw .malformed }
        return Parts(year: year, month: month, day: day, hour: hour, minute: minute)
    }
}
