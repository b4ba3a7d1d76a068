import EventService
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTP1

/// The four routes of the original service, in the shapes that their clients have.
struct OriginalRoutes {
    let service: EventService
    let maximumBodySize: Int

    var endpoints: [Endpoint] {
        [
            .get("/getUsers") { _, context in
                Self.json(try await service.users(for: context.call))
            },
            .get("/getEvents") { _, context in
                Self.json(try await service.events(for: context.call))
            },
            .get("/getEventsByUserId/:id", handle: eventsOfUser),
            .post("/addEvent", handle: addEvent),
        ]
    }

    private func eventsOfUser(_ request: Request, _ context: APIContext) async throws -> Response {
        guard let id = try context.parameters.require("id").removingPercentEncoding else {
            throw HTTPError(.badRequest, message: "the user's id in the path is not percent-encoded UTF-8")
        }
        let answer = try await service.events(ofUser: id, partial: try partial(request), for: context.call)
        var response = Self.json(answer.body)
        if !answer.missing.isEmpty {
            response.headers[.missing] = Self.list(answer.missing)
            response.headers[.missingCount] = String(answer.missing.count)
        }
        return response
    }

    private func addEvent(_ request: Request, _ context: APIContext) async throws -> Response {
        try checkContentType(request)
        let body = try await collectBody(request)
        return Self.json(try await service.addEvent(body, for: context.call))
    }

    private func partial(_ request: Request) throws -> Bool {
        switch request.uri.queryParameters["partial"] {
        case nil, "false": return false
        case "true": return true
        case .some(let value):
            throw HTTPError(.badRequest, message: "partial is \"\(value)\": allowed are true and false")
        }
    }

    /// A client that names another type than JSON sends something else; one that names none most likely sends JSON.
    private func checkContentType(_ request: Request) throws {
        guard let value = request.headers[.contentType] else { return }
        let type = value.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
        guard type == "application/json" || type.hasSuffix("+json") else {
            throw HTTPError(
                .unsupportedMediaType,
                headers: [.accept: "application/json"],
                message: "the body must be application/json, not \(type)"
            )
        }
    }

    private func collectBody(_ request: Request) async throws -> ByteBuffer {
        if let length = request.headers[.contentLength].flatMap(Int.init), length > maximumBodySize { throw tooLarge }
        do {
            return try await request.body.collect(upTo: maximumBodySize)
        } catch let error as HTTPParserError {
            throw HTTPError(.badRequest, message: "the body breaks the rules of HTTP: \(error)")
        } catch is NIOTooManyBytesError {
            throw tooLarge
        }
    }

    private var tooLarge: HTTPError {
        HTTPError(.contentTooLarge, message: "the body may have at most \(maximumBodySize) bytes")
    }

    private static func json(_ body: ByteBuffer) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "application/json; charset=utf-8"],
            body: ResponseBody(byteBuffer: body)
        )
    }

    /// As many of the identifiers as fit into a header that every client and proxy takes.
    private static func list(_ ids: [String]) -> String {
        var list = ""
        for id in ids.lazy.map(headerSafe) {
            guard list.utf8.count + id.utf8.count <= maximumListLength else { break }
            if !list.isEmpty { list += ", " }
            list += id
        }
        return list
    }

    private static let maximumListLength = 4000

    private static func headerSafe(_ id: String) -> String {
        id.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: "-._~"))) ?? ""
    }
}
