import AsyncHTTPClient
import Foundation
import NIOHTTP1

extension HTTPClientResponse {
    /// How long the events API asks to be left alone: seconds, or a date (RFC 9110, section 10.2.3).
    ///
    /// A date is measured from the events API's own clock where it sent one, because that clock is the one meant.
    var retryAfter: Duration? {
        guard let value = headers.first(name: "retry-after")?.trimmingCharacters(in: .whitespaces) else { return nil }
        if let seconds = UInt32(value) { return .seconds(seconds) }
        guard let date = Self.parseDate(value) else { return nil }
        let now = headers.first(name: "date").flatMap(Self.parseDate) ?? Date()
        return .seconds(max(0, date.timeIntervalSince(now)))
    }

    /// Whether the answer says of itself that it is JSON, or says nothing.
    var isLabelledJSON: Bool {
        headers.first(name: "content-type").map { $0.lowercased().contains("json") } ?? true
    }

    /// The media type that the answer claims to be, cut to what fits into a message.
    var label: String {
        headers.first(name: "content-type").map { String($0.unicodeScalars.prefix(100)) } ?? "no content type"
    }

    private static func parseDate(_ string: String) -> Date? {
        dateFormatter.date(from: string)
    }

    /// Of the preferred form of an HTTP date (RFC 9110, section 5.6.7); formatters may be used from any thread.
    private static let dateFormatter = {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
        return formatter
    }()
}
