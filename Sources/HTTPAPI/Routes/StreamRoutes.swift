import HTTPTypes
import Hummingbird

/// What happens, as it happens.
struct StreamRoutes {
    let streams: EventStreams
    let accessControl: AccessControl

    var endpoints: [Endpoint] {
        [.get("/v1/stream", Self.streamChanges, handle: open)]
    }

    private func open(_ request: Request, _ context: APIContext) throws -> Response {
        // The head alone is not worth a place.
        let body =
            request.method == .head
            ? .unsized
            : try streams.open(for: context.client, resumingFrom: request.headers[.lastEventID]) { [accessControl] in
                accessControl.stillAdmits(request, to: Self.streamChanges.access)
            }
        return Response(
            status: .ok,
            headers: [.contentType: "text/event-stream", .cacheControl: "no-store", .accelBuffering: "no"],
            body: body
        )
    }

    private static let streamChanges = Operation(
        id: "streamChanges",
        tag: .timeline,
        summary: "Everything at once, then every change as it happens.",
        description: contract,
        parameters: [
            .init(
                name: "Last-Event-ID",
                location: .header,
                description: "The `id` of the last event that the client got, to resume from; browsers send it.",
                schema: ["type": "string"]
            )
        ],
        answers: [
            .init(
                status: 200,
                description: "The events, for as long as the client listens.",
                mediaType: "text/event-stream",
                schema: ["type": "string"]
            )
        ],
        problems: [503]
    )

    private static let contract = """
        Server-sent events (WHATWG HTML, "Server-sent events"), UTF-8, each with an `id` and one line of JSON:

        - `snapshot`, the first event: everything, a `StreamSnapshot`;
        - `entries`: the timeline's new entries, oldest first, each once: an array of `TimelineEntry`;
        - `missed`: so many entries were gone before this client took them, right before `entries`: a `StreamMissed`;
        - `breaker`: one breaker that changed, whole: a `Breaker`;
        - `lanes`: what changed in the lanes: an array of `LaneChange`;
        - `objective`: what was counted towards one objective, whole: an `Objective`;
        - `objectives`: the settings have changed which there are: an array of `Objective` in place of all;
        - `service`: the phase, the events API, the address or the outbox changed: a `Service`;
        - `end`, the last event: why the stream ends, a `StreamEnd`.

        What happens within 50 ms is sent together, so a client gets at most 20 batches a second, and one that reads \
        slowly gets many changes as one: it misses none of what is there now, and is told how many timeline entries it \
        missed. Nothing is sent because time passes, except a comment every 15 s, and an objective whose bad answers get old.

        A client that comes back with `Last-Event-ID` gets a `snapshot` with `resumed` true and only the entries that it \
        hasn't got; `missedEntries` says how many between are gone. An `id` of another run of the service, or one that it \
        never gave, gets everything, with `resumed` false. An `id` has no meaning beyond that. `retry` asks clients to come \
        back after 2 s.

        `end` comes when the service stops, `draining`, and when the token is taken back, `revoked`, within 15 s. More \
        streams than are allowed at once (100) get `503`, and more than 20 of one client, by its token or else its address, `429`, \
        both with `Retry-After`; this machine itself has no limit of its own. A `HEAD` opens no stream.
        """
}
