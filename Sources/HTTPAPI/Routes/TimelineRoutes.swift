import EventService
import HTTPTypes
import Hummingbird

/// What happened lately, to be read at once.
struct TimelineRoutes {
    let service: EventService

    var endpoints: [Endpoint] {
        [
            .list("/v1/timeline", Self.listEntries) { request, _ in
                let query = try TimelineQuery(request.uri.query)
                let page = await query.page(from: service)
                var response = Response.json(encoding: page.entries.map(TimelineEntryRepresentation.init))
                if let next = page.next {
                    response.headers[.link] = "<?\(query.string(before: next))>; rel=\"next\""
                }
                return response
            },
            .get("/v1/timeline/lanes", Self.listLanes) { _, _ in
                .json(encoding: LaneRepresentation.all(service.timeline()))
            },
        ]
    }

    private static let listEntries = Operation(
        id: "listTimelineEntries",
        tag: .timeline,
        summary: "Failures, changes of state, starts and stops, newest first.",
        description: """
            Also those of before the last restart, for as long as they are kept. Starts and stops are of no route. `Link` leads to the older entries, where \
            there are any; entries that come meanwhile don't move the pages.
            """,
        parameters: TimelineQuery.parameters,
        answers: [
            .init(
                status: 200,
                description: "The entries.",
                schema: .list(of: Components.schema("TimelineEntry"), atMost: TimelineQuery.limits.upperBound),
                headers: ["Link"]
            )
        ]
    )

    private static let listLanes = Operation(
        id: "listTimelineLanes",
        tag: .timeline,
        summary: "What happened on each route, second by second.",
        description: "One lane for each route, also where nothing happened.",
        answers: [.init(status: 200, description: "The lanes.", schema: .list(of: Components.schema("Lane")))]
    )
}
