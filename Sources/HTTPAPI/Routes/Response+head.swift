import Hummingbird

extension Response {
    /// The answer to a HEAD: the same fields as those of a GET, with its length where that has one.
    var withoutBody: Response {
        Response(status: status, headers: headers, body: headers.contains(.contentLength) ? ResponseBody() : .unsized)
    }
}

extension ResponseBody {
    /// Nothing, of which no field says that it is nothing.
    static let unsized = ResponseBody { writer in try await writer.finish(nil) }
}
