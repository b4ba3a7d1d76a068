import HTTPTypes
import NIOHTTP1

extension HTTPResponseHead {
    /// The head of the answer to a request that gets no further, after which the connection is closed.
    init(refusing problem: Problem, requestID: String, bodyLength: Int) {
        let headers: HTTPHeaders = [
            "Content-Type": "application/problem+json", "Cache-Control": "no-store",
            "Content-Length": String(bodyLength), "Connection": "close",
            "Date": DateHeader.now,
            HTTPField.Name.requestID.rawName: requestID,
        ]
        let status = HTTPResponseStatus(
            statusCode: problem.status.code,
            reasonPhrase: problem.status.reasonPhrase
        )
        self.init(version: .http1_1, status: status, headers: headers)
    }
}
