import EventService
import Foundation

extension ExportTable {
    init(_ users: [User]) {
        self.init(
            columns: ["id", "name", "username", "email", "events"],
            rows: users.map {
                [.text($0.id), .text($0.name), Value($0.username), Value($0.email), .number($0.eventIDs.count)]
            }
        )
    }

    init(_ events: [Event]) {
        self.init(
            columns: ["id", "name", "userId", "startsAt", "location", "description"],
            rows: events.map {
                [
                    .text($0.id), .text($0.name), .text($0.userID), Value($0.startsAt), Value($0.location),
                    Value($0.description),
                ]
            }
        )
    }

    init(_ kept: [KeptEvent]) {
        self.init(
            columns: [
                "id", "name", "userId", "state", "acceptedAt", "attempts", "nextAttemptAt", "lastError",
                "refusedStatus", "requestId",
            ],
            rows: kept.map {
                [
                    .text($0.id), .text($0.name), .text($0.userID), .text($0.state.rawValue), Self.time($0.acceptedAt),
                    .number($0.attempts), Self.time($0.nextAttemptAt), Value($0.lastError),
                    $0.refusedStatus.map(Value.number) ?? .nothing, .text($0.requestID),
                ]
            }
        )
    }

    /// - Parameter entries: Oldest first, as a timeline has them; written newest first, as they are shown.
    init(_ entries: [Timeline.Entry]) {
        self.init(
            columns: ["time", "route", "what", "from", "to", "message", "milliseconds", "requestId"],
            rows: entries.reversed().map { entry in
                [Self.time(entry.at), Value(entry.route?.rawValue)] + Self.cells(entry.kind) + [Value(entry.requestID)]
            }
        )
    }

    private static func cells(_ kind: Timeline.Entry.Kind) -> [Value] {
        switch kind {
        case .failure(let message, let duration, let isProbe):
            [
                .text(isProbe ? "probe failed" : "call failed"), .nothing, .nothing, .text(message),
                .number(Int(duration.milliseconds)),
            ]
        case .transition(let from, let to, let reason):
            [.text("transition"), .text(from.rawValue), .text(to.rawValue), .text(reason), .nothing]
        case .started(let downtime):
            [
                .text("started"), .nothing, .nothing, .nothing,
                downtime.map { .number(Int($0.milliseconds)) } ?? .nothing,
            ]
        case .stopped:
            [.text("stopped"), .nothing, .nothing, .nothing, .nothing]
        }
    }

    private static func time(_ date: Date?) -> Value {
        Value(date.map(RFC3339.text))
    }
}
