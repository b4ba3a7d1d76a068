import EventService
import HTTPTypes
import Hummingbird
import NIOCore

/// An answer that is there as a whole, so that it can be kept and given again.
struct JSONAnswer {
    var status: HTTPResponse.Status
    var headers: HTTPFields
    var body: ByteBuffer

    /// An answer of JSON, with more fields.
    init(_ body: ByteBuffer, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) {
        self.status = status
        self.headers = headers
        self.headers[.contentType] = "application/json; charset=utf-8"
        self.body = body
    }

    /// The answer that tells of a problem.
    init(_ problem: Problem, requestID: String) {
        status = problem.status
        headers = problem.allHeaders
        body = problem.encoded(requestID: requestID)
    }

    /// The answer to an earlier request.
    init(repeating kept: IdempotentAnswer) {
        status = HTTPResponse.Status(code: kept.status)
        headers = HTTPFields(
            kept.fields.compactMap { field in
                HTTPField.Name(field.name).map { HTTPField(name: $0, value: field.value) }
            }
        )
        headers[.idempotentReplayed] = "true"
        body = kept.body
    }

    /// The answer for repeats of the request, without what was true only at that moment.
    var kept: IdempotentAnswer {
        IdempotentAnswer(
            status: status.code,
            fields: headers.filter { $0.name != .retryAfter }.map { .init(name: $0.name.rawName, value: $0.value) },
            body: body
        )
    }

    var response: Response {
        Response(status: status, headers: headers, body: ResponseBody(byteBuffer: body))
    }
}
