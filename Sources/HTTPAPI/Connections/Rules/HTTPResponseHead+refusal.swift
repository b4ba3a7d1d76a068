import Foundation
import HTTPTypes
import NIOHTTP1

extension HTTPResponseHead {
    /// The head of the answer to a request that gets no further, after which the connection is closed.
    init(refusing problem: Problem, requestID: String, bodyLength: Int) {
        let headers: HTTPHeaders = [
            "Content-Type": "application/problem+json", "Cache-Control": "no-store",
            "Content-Length": String(bodyLength), "Connection": "close",
            "Date": Self.dateFormatter.string(from: Date()),
            HTTPField.Name.requestID.rawName: requestID,
        ]
        let status = HTTPResponseStatus(
            statusCode: problem.status.code,
            reasonPhrase: problem.status.reasonPhrase
        )
        self.init(version: .http1_1, status: status, headers: headers)
    }

    /// Of the form of RFC 9110, section 5.6.7; formatters may be used from any thread.
    private static let dateFormatter = {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return formatter
    }()
}
