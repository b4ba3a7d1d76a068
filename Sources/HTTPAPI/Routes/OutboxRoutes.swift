import EventService
import HTTPTypes
import Hummingbird

/// The events that were accepted for later, under `/v1`: to look at, and to decide about.
struct OutboxRoutes {
    let service: EventService

    var endpoints: [Endpoint] {
        [
            .list("/v1/outbox", Self.listEntries, handle: entries),
            .get("/v1/outbox/{id}", Self.getEntry, handle: entry),
            .post("/v1/outbox/{id}/retry", Self.retryEntry, handle: retry),
            .delete("/v1/outbox/{id}", Self.discardEntry, handle: discard),
        ]
    }

    private func entries(_ request: Request, _ context: APIContext) async throws -> Response {
        let list = try OutboxListQuery(request)
        let page = try await service.outboxEntries(list.query)
        var answer = JSONAnswer(
            OutboxEntryRepresentation.list(page.entries, behind: service.breaker(.addEvent)),
            headers: Self.neverKept
        )
        if let next = page.next { answer.headers[.link] = list.link(after: next) }
        return answer.response
    }

    private func entry(_ request: Request, _ context: APIContext) async throws -> Response {
        let id = try context.segment("id")
        let entry = try await service.outboxEntry(id)
        return try answer(entry, id)
    }

    private func retry(_ request: Request, _ context: APIContext) async throws -> Response {
        let id = try context.segment("id")
        let entry = try await service.retryOutboxEntry(id, for: context.call)
        var response = try answer(entry, id)
        response.headers[.retryAfter] = entry?.retryAfter(behind: service.breaker(.addEvent), now: service.now)
        return response
    }

    private func discard(_ request: Request, _ context: APIContext) async throws -> Response {
        let id = try context.segment("id")
        let discarded = try await service.discardOutboxEntry(id, for: context.call)
        if discarded == nil { throw notFound(id) }
        return Response(status: .noContent)
    }

    private func answer(_ entry: OutboxEntry?, _ id: String) throws(ServiceError) -> Response {
        guard let entry else { throw notFound(id) }
        let shown = OutboxEntryRepresentation(entry, behind: service.breaker(.addEvent))
        return JSONAnswer(shown.whole, headers: Self.neverKept).response
    }

    /// What is there is true only now.
    private static let neverKept: HTTPFields = [.cacheControl: "no-store"]

    private func notFound(_ id: String) -> ServiceError {
        let hours = service.keepsDelivered.wholeSeconds / 3600
        return ServiceError(
            .notFound,
            message: "there is no event \(id) in the outbox: it was never accepted for later, was discarded, or was "
                + "delivered more than \(hours) h ago and is forgotten here"
        )
    }
}
