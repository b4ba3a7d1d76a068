import Foundation
import Synchronization

/// Writes times as RFC 3339 has them, in UTC with milliseconds.
///
/// The text of a second is kept until another one is asked for: formatting costs more than the rest of a line.
final class Timestamps: Sendable {
    private struct Second {
        var number = Int64.min
        var text = ""
    }

    private let last = Mutex(Second())

    /// A time as text: `2026-03-01T12:00:00.250Z`.
    func text(of date: Date) -> String {
        let milliseconds = Int64((date.timeIntervalSince1970 * 1000).rounded(.down))
        let (second, rest) = (milliseconds.flooredQuotient(1000), milliseconds.flooredRemainder(1000))
        let text = last.withLock { last in
            if last.number != second {
                last.text = Date(timeIntervalSince1970: Double(second)).formatted(Self.format)
                last.number = second
            }
            return last.text
        }
        return "\(text).\(rest < 100 ? "0" : "")\(rest < 10 ? "0" : "")\(rest)Z"
    }

    /// Without its `Z`.
    private static let format = Date.ISO8601FormatStyle().year().month().day().time(includingFractionalSeconds: false)
}

extension Int64 {
    fileprivate func flooredRemainder(_ divisor: Int64) -> Int64 { (self % divisor + divisor) % divisor }
    fileprivate func flooredQuotient(_ divisor: Int64) -> Int64 { (self - flooredRemainder(divisor)) / divisor }
}
