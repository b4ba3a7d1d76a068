import EventService
import HTTPTypes
import Hummingbird

/// The four routes of the original service, in the shapes that their clients have.
struct OriginalRoutes {
    let service: EventService
    let body: JSONBody

    var endpoints: [Endpoint] {
        let endpoints: [Endpoint] = [
            .list("/getUsers", Self.getUsers, handle: users),
            .list("/getEvents", Self.getEvents, handle: events),
            .list("/getEventsByUserId/{id}", Self.getEventsByUserID, handle: eventsOfUser),
            .post("/addEvent", Self.addEvent, handle: adding.handle),
        ]
        return endpoints.map(\.takingAnyParameter)
    }

    private func users(_ request: Request, _ context: APIContext) async throws -> Response {
        let list = try ListRequest(request, for: .original, fields: .users)
        let answer = try await service.users(for: context.call, policy: CachePolicy(request))
        return try await list.response(answer)
    }

    private func events(_ request: Request, _ context: APIContext) async throws -> Response {
        let list = try ListRequest(request, for: .original, fields: .events)
        let answer = try await service.events(for: context.call, policy: CachePolicy(request))
        return try await list.response(answer)
    }

    private func eventsOfUser(_ request: Request, _ context: APIContext) async throws -> Response {
        let list = try ListRequest(request, for: .original, fields: .events, takesPartial: true)
        let id = try context.segment("id")
        let policy = CachePolicy(request)
        let answer = try await service.events(ofUser: id, partial: list.isPartial, for: context.call, policy: policy)
        return try await list.response(answer)
    }

    private var adding: EventAdding {
        EventAdding(service: service, body: body, route: "/addEvent") { addition in
            switch addition {
            case .added(let added): JSONAnswer(added.answer)
            // What the original service's clients look for stands beside the entry.
            case .accepted(let entry): JSONAnswer(OutboxEntryRepresentation(entry).accepted, status: .accepted)
            }
        }
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

extension Endpoint {
    /// This endpoint for clients that may send anything.
    fileprivate var takingAnyParameter: Endpoint {
        var endpoint = self
        endpoint.refusesUnknownParameters = false
        return endpoint
    }
}
