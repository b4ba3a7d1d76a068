import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    /// An answer of JSON that is there already.
    static func json(_ body: ByteBuffer, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status,
            headers: [.contentType: "application/json; charset=utf-8"],
            body: ResponseBody(byteBuffer: body)
        )
    }

    /// An answer of a value as JSON, which is true only now.
    static func json(encoding value: some Encodable, status: HTTPResponse.Status = .ok) -> Response {
        var response = json(ByteBuffer(encoding: value), status: status)
        response.headers[.cacheControl] = "no-store"
        return response
    }
}

extension ByteBuffer {
    /// A value of strings, integers and the like as JSON.
    init(encoding value: some Encodable) {
        do {
            self.init(bytes: try JSONEncoder.api.encode(value))
        } catch {
            preconditionFailure("such values can always be encoded: \(error)")
        }
    }
}

extension JSONEncoder {
    /// As the API writes JSON: names in order, and on one line, since line breaks in texts are escaped.
    static let api = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }()
}
