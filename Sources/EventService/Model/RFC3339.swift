public import Foundation
import Synchronization

/// Times as RFC 3339 has them, in UTC with milliseconds.
public enum RFC3339 {
    private struct Second {
        var number = Int64.min
        var text = ""
    }

    /// The text of a second is kept until another one is asked for: formatting costs more than the rest of a log line.
    private static let last = Mutex(Second())

    /// A time as text, `2026-03-01T12:00:00.250Z`: the millisecond that had begun, so that no time lies in the future.
    ///
    /// A date is binary and good to a fraction of a microsecond: what is cut off is the nearest whole one.
    public static func text(of date: Date) -> String {
        let microseconds = Int64((date.timeIntervalSinceReferenceDate * 1_000_000).rounded())
        let (second, fraction) = microseconds.floored(by: 1_000_000)
        let text = last.withLock { last in
            if last.number != second {
                last.text = Date(timeIntervalSinceReferenceDate: Double(second)).formatted(format)
                last.number = second
            }
            return last.text
        }
        let milliseconds = fraction / 1000
        return "\(text).\(milliseconds < 100 ? "0" : "")\(milliseconds < 10 ? "0" : "")\(milliseconds)Z"
    }

    /// The moment that a text means, with or without fractions of a second; `nil` where it is no such time.
    public static func date(of text: String) -> Date? {
        for style in [Date.ISO8601FormatStyle(includingFractionalSeconds: true), Date.ISO8601FormatStyle()] {
            // Not being such a time is an answer here, not an error.
            if let date = try? style.parse(text) { return date }
        }
        return nil
    }

    /// Without its `Z`.
    private static let format = Date.ISO8601FormatStyle().year().month().day().time(includingFractionalSeconds: false)
}

extension Int64 {
    /// The quotient rounded down, and what is left, which is never negative.
    fileprivate func floored(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
