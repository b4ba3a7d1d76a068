import EventService
import HTTPTypes
import Hummingbird

/// The four routes of the original service, in the shapes that their clients have.
struct OriginalRoutes {
    let service: EventService
    let body: JSONBody

    var endpoints: [Endpoint] {
        let endpoints: [Endpoint] = [
            .get("/getUsers", Self.getUsers) { request, context in
                Response(try await service.users(for: context.call, policy: CachePolicy(request)), to: request)
            },
            .get("/getEvents", Self.getEvents) { request, context in
                Response(try await service.events(for: context.call, policy: CachePolicy(request)), to: request)
            },
            .get("/getEventsByUserId/{id}", Self.getEventsByUserID, handle: eventsOfUser),
            .post("/addEvent", Self.addEvent, handle: addEvent),
        ]
        return endpoints.map { endpoint in
            var endpoint = endpoint
            endpoint.refusesUnknownParameters = false
            return endpoint
        }
    }

    private func eventsOfUser(_ request: Request, _ context: APIContext) async throws -> Response {
        let answer = try await service.events(
            ofUser: try context.segment("id"),
            partial: try request.flag("partial"),
            for: context.call,
            policy: CachePolicy(request)
        )
        var response = Response(answer, to: request)
        response.name(missing: answer.missing)
        return response
    }

    private func addEvent(_ request: Request, _ context: APIContext) async throws -> Response {
        .json(try await service.addEvent(try await body.read(request), for: context.call).answer)
    }
}

extension Response {
    /// Names the identifiers that a partial answer lacks, as many as fit into a header that every client and proxy takes.
    mutating func name(missing ids: [String]) {
        guard !ids.isEmpty else { return }
        headers[.missingCount] = String(ids.count)
        var list = ""
        for id in ids.lazy.map(\.percentEncoded) {
            guard list.utf8.count + id.utf8.count <= Self.maximumMissingLength else { break }
            if !list.isEmpty { list += ", " }
            list += id
        }
        headers[.missing] = list
    }

    private static let maximumMissingLength = 4000
}
