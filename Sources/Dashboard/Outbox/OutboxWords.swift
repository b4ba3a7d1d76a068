import EventService
import TextUI

/// What is said of the events that are kept for later, as a whole.
enum OutboxWords {
    /// Wordings for the header, longest first; none while there is nothing that somebody has to know.
    static func header(_ outbox: ServiceSnapshot.Outbox) -> [(text: DisplayText, role: Role)] {
        if outbox.failure != nil { return [("outbox can't be used", .bad), ("outbox fails", .bad)] }
        let (undelivered, refused) = (outbox.status.undelivered, outbox.status.refused)
        switch (undelivered, refused) {
        case (0, 0): return []
        case (_, 0): return [(DisplayText("outbox \(undelivered)"), .warning)]
        case (0, _):
            return [(DisplayText("outbox \(refused) refused"), .bad), (DisplayText("\(refused) refused"), .bad)]
        case (_, _):
            return [
                (DisplayText("outbox \(undelivered), \(refused) refused"), .bad),
                (DisplayText("\(refused) refused"), .bad),
            ]
        }
    }
}
