import EventService
import Foundation

/// Everything that the faces show, as the first event of a stream has it.
struct StreamSnapshotRepresentation: Encodable {
    let takenAt: Timestamp
    let resumed: Bool
    let missedEntries: UInt64
    let service: ServiceRepresentation
    let breakers: [BreakerRepresentation]
    let entries: [TimelineEntryRepresentation]
    let lanes: [LaneRepresentation]
    let gaps: [Gap]
    let objectives: [ObjectiveRepresentation]

    /// A time of which nothing is known.
    struct Gap: Encodable {
        let from, to: Timestamp
    }

    /// - Parameters:
    ///   - entries: Those of the timeline that the client hasn't seen, oldest first.
    ///   - missed: How many more it hasn't seen, which are gone.
    ///   - resumed: Whether the client has seen those before them.
    init(_ snapshot: ServiceSnapshot, entries: some Sequence<Timeline.Entry>, missed: UInt64, resumed: Bool) {
        takenAt = Timestamp(snapshot.takenAt)
        self.resumed = resumed
        missedEntries = missed
        service = ServiceRepresentation(snapshot)
        breakers = snapshot.breakers.map { BreakerRepresentation($0, at: snapshot.takenAt) }
        self.entries = entries.map(TimelineEntryRepresentation.init)
        lanes = LaneRepresentation.all(snapshot.timeline)
        gaps = snapshot.timeline.gaps.map { Gap(from: Timestamp($0.from), to: Timestamp($0.to)) }
        objectives = snapshot.objectives.map(ObjectiveRepresentation.init)
    }

    static let schemas: JSONDocument = [
        "StreamSnapshot": .closedObject(
            "Everything at one moment: the data of the event `snapshot`.",
            [
                "takenAt": .timestamp,
                "resumed": [
                    "type": "boolean",
                    "description":
                        "Whether the entries follow those that the client has; else they replace whatever it has.",
                ],
                "missedEntries": .count.described("Entries after those that the client has, which are gone."),
                "service": Components.schema("Service"),
                "breakers": .list(of: Components.schema("Breaker")),
                "entries": .list(of: Components.schema("TimelineEntry"), atMost: 200).described("Oldest first."),
                "lanes": .list(of: Components.schema("Lane")),
                "gaps": .list(of: Components.schema("Gap"), atMost: 64).described("Oldest first."),
                "objectives": .list(of: Components.schema("Objective")),
            ]
        ),
        "Gap": .closedObject(
            "A time of which only failures and changes of state are known, or nothing: before the process started.",
            ["from": .timestamp, "to": .timestamp]
        ),
        "Service": ServiceRepresentation.schema,
        "StreamMissed": .closedObject("The data of the event `missed`.", ["entries": .count.described("How many.")]),
        "StreamEnd": .closedObject(
            "The data of the event `end`.",
            ["reason": .oneOf(["draining", "stopped", "revoked"])]
        ),
    ]
}
