import EventService
import Foundation

extension Date {
    static func + (date: Date, duration: Duration) -> Date {
        date.addingTimeInterval(duration.inSeconds)
    }

    /// The time from `earlier` to this moment, to the millisecond; negative when `earlier` is later.
    ///
    /// More than thirty thousand years are no more than that, so that sums can't overflow.
    func time(since earlier: Date) -> Duration {
        let seconds = timeIntervalSince(earlier)
        return .milliseconds(Int64((min(max(seconds, -1e12), 1e12) * 1000).rounded()))
    }
}
