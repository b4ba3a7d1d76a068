import EventService
import HTTPTypes
import Hummingbird

import struct Foundation.Date

/// Adding an event: what the original route and the one under `/v1` have in common.
struct EventAdding {
    let service: EventService
    let body: JSONBody
    /// The path of the route, to which an `Idempotency-Key` belongs.
    let route: String
    /// How the route shows what became of the event.
    let present: @Sendable (EventService.Addition) -> JSONAnswer

    /// Answers a request.
    func handle(_ request: Request, _ context: APIContext) async throws -> Response {
        let key = try IdempotencyKey(request.headers)
        let whenDown: EventServiceConfiguration.WhenDown? =
            Preferences(request.headers).respondAsync ? .queue : nil
        let event = try await body.read(request)
        guard let key else {
            let addition = try await service.addEvent(event, whenDown: whenDown, for: context.call)
            return answer(addition, whenDown).response
        }
        let named = key.request(of: context.notes.current.client, to: route, body: event)
        let result = try await service.addEvent(
            event,
            whenDown: whenDown,
            once: named,
            for: context.call,
            answer: { result in
                switch result {
                case .success(let addition): answer(addition, whenDown)
                case .failure(let error): JSONAnswer(Problem(error), requestID: context.call.requestID)
                }
            },
            keep: \.kept
        )
        switch result {
        case .first(let answer): return answer.response
        case .repeated(let kept): return JSONAnswer(repeating: kept).response
        case .underWay: throw Problem.keyInUse
        case .otherRequest: throw Problem.keyReused
        }
    }

    private func answer(
        _ addition: EventService.Addition,
        _ whenDown: EventServiceConfiguration.WhenDown?
    ) -> JSONAnswer {
        var answer = present(addition)
        guard case .accepted(let entry) = addition else { return answer }
        answer.headers[.location] = "/v1/outbox/\(entry.id.percentEncoded)"
        answer.headers[.cacheControl] = "no-store"
        if whenDown == .queue { answer.headers[.preferenceApplied] = "respond-async" }
        answer.headers[.retryAfter] = entry.retryAfter(behind: service.breaker(.addEvent), now: service.now)
        return answer
    }
}

extension OutboxEntry {
    /// The field `Retry-After` of the entry, before which nothing comes of it; `nil` where that isn't known.
    func retryAfter(behind breaker: BreakerStatus, now: Date) -> String? {
        let wait = earliestAttempt(behind: breaker).map { Duration.seconds($0.timeIntervalSince(now)) }
        return wait.flatMap { $0 > .zero ? String($0.wholeSeconds) : nil }
    }
}
