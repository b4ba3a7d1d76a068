import EventService
import HTTPTypes
import Hummingbird

/// Events under `/v1`.
struct EventRoutes {
    let service: EventService
    let body: JSONBody

    var endpoints: [Endpoint] {
        [
            .list("/v1/events", Self.listEvents, handle: events),
            .get("/v1/events/{id}", Self.getEvent, handle: event),
            .post("/v1/events", Self.addEvent, handle: adding.handle),
        ]
    }

    private func events(_ request: Request, _ context: APIContext) async throws -> Response {
        let list = try ListRequest(request, fields: .events)
        let answer = try await service.events(for: context.call, policy: CachePolicy(request))
        return try await list.response(answer)
    }

    private func event(_ request: Request, _ context: APIContext) async throws -> Response {
        let id = try context.segment("id")
        let answer = try await service.event(id: id, for: context.call, policy: CachePolicy(request))
        return Response(answer, to: request)
    }

    private var adding: EventAdding {
        EventAdding(service: service, body: body, route: "/v1/events") { addition in
            switch addition {
            case .added(let added):
                JSONAnswer(
                    added.event,
                    status: .created,
                    headers: [.location: "/v1/events/\(added.id.percentEncoded)"]
                )
            case .accepted(let entry): JSONAnswer(OutboxEntryRepresentation(entry).whole, status: .accepted)
            }
        }
    }
}

extension EventRoutes {
    private static let listEvents = Operation(
        id: "listEvents",
        tag: .events,
        summary: "The events.",
        description: Operation.listContract,
        parameters: .list(of: .events, defaultLimit: ListRequest.defaultLimit),
        answers: [.list(of: "EventPart", "The events.")]
    )

    private static let getEvent = Operation(
        id: "getEvent",
        tag: .events,
        summary: "One event.",
        parameters: [.eventID],
        answers: [.one("Event", "The event.")],
        problems: [404]
    )

    private static let addEvent = Operation(
        id: "addEvent",
        tag: .events,
        summary: "Adds an event.",
        description: Operation.addEventContract,
        access: .write,
        parameters: [.prefer, .idempotencyKey],
        requestBody: Components.schema("NewEvent"),
        answers: [
            .init(
                status: 201,
                description: "The event as it was added, with its identifier.",
                schema: Components.schema("Event"),
                headers: ["Location", "Idempotent-Replayed"]
            ),
            .accepted("OutboxEntry"),
        ],
        problems: [409, 422]
    )
}
