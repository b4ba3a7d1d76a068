import EventService
import Hummingbird

/// What callers are promised, and how that is kept.
struct ObjectiveRoutes {
    let service: EventService

    var endpoints: [Endpoint] {
        [
            .get("/v1/objectives", Self.listObjectives) { _, _ in
                .json(encoding: service.objectiveStatuses().map(ObjectiveRepresentation.init))
            }
        ]
    }

    private static let listObjectives = Operation(
        id: "listObjectives",
        tag: .timeline,
        summary: "What callers are promised, and how that is kept.",
        description: """
            For each route that has an objective, how much of the error budget of the last 24 hours is left, and how fast it \
            burns. A user's list of events counts as an answer of `getEventById`.
            """,
        answers: [.init(status: 200, description: "The objectives.", schema: .list(of: Components.schema("Objective")))]
    )
}
