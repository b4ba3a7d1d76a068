import EventService
import HTTPTypes
import Hummingbird

/// The four routes of the original service, in the shapes that their clients have.
struct OriginalRoutes {
    let service: EventService
    let body: JSONBody

    var endpoints: [Endpoint] {
        let endpoints: [Endpoint] = [
            .list("/getUsers", Self.getUsers) { request, context in
                let list = try ListRequest(original: request, fields: .users)
                return try await list.response(try await service.users(for: context.call, policy: CachePolicy(request)))
            },
            .list("/getEvents", Self.getEvents) { request, context in
                let list = try ListRequest(original: request, fields: .events)
                return try await list.response(
                    try await service.events(for: context.call, policy: CachePolicy(request))
                )
            },
            .list("/getEventsByUserId/{id}", Self.getEventsByUserID) { request, context in
                let list = try ListRequest(original: request, fields: .events)
                return try await list.response(try await service.events(ofUserIn: request, context))
            },
            .post("/addEvent", Self.addEvent) { request, context in
                .json(try await service.addEvent(try await body.read(request), for: context.call).answer)
            },
        ]
        return endpoints.map(\.takingAnyParameter)
    }
}

extension EventService {
    /// The events of the user in the path, as far as the request wants them.
    func events(ofUserIn request: Request, _ context: APIContext) async throws -> ServiceAnswer {
        try await events(
            ofUser: try context.segment("id"),
            partial: try request.flag("partial"),
            for: context.call,
            policy: CachePolicy(request)
        )
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
