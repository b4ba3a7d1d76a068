import EventService
import HTTPTypes
import Hummingbird

extension Response {
    /// An answer of the service as a response: 304 without a body where the client has it already.
    ///
    /// Either way it says where the answer came from (`Cache-Status`, `Age`) and what to ask with next time (`ETag`). A client
    /// may keep the answer, but must ask before it uses it again (`no-cache`): only so does it see what it wrote itself.
    init(_ answer: ServiceAnswer, to request: Request) {
        var headers: HTTPFields = [
            .eTag: answer.entityTag.description,
            .cacheControl: "no-cache",
            .cacheStatus: answer.freshness.cacheStatus,
        ]
        // Appended, because none is there yet: to set one is to look for it first.
        if let age = answer.freshness.ageHeader { headers.append(HTTPField(name: .age, value: age)) }
        let condition = request.headers[.ifNoneMatch].map(IfNoneMatch.init)
        guard condition?.matches(answer.entityTag) != true else {
            self.init(status: .notModified, headers: headers)
            return
        }
        headers.append(HTTPField(name: .contentType, value: "application/json; charset=utf-8"))
        self.init(status: .ok, headers: headers, body: ResponseBody(byteBuffer: answer.body))
    }
}
