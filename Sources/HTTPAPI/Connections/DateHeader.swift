import Foundation
import Synchronization

/// The value of the field `Date`, formatted once a second.
enum DateHeader {
    private static let last = Mutex((second: 0, value: ""))

    /// The current time in the form of RFC 9110, section 5.6.7.
    static var now: String {
        let second = time(nil)
        return last.withLock { last in
            if last.second != second {
                last = (second, formatter.string(from: Date(timeIntervalSince1970: TimeInterval(second))))
            }
            return last.value
        }
    }

    /// Formatters may be used from any thread.
    private static let formatter = {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return formatter
    }()
}
