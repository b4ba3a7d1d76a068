import EventService
import Foundation

/// A dashboard that stands still.
struct Freeze: Equatable, Sendable {
    /// An answer that came meanwhile.
    struct Answer: Equatable, Sendable {
        var message: Message
        var at: Date
    }

    /// The moment that is shown.
    let at: Date
    /// The last load that was begun before: answers to later ones were asked for by somebody, and are shown.
    let lastLoad: LoadID
    /// By how many seconds the clock was set since, a negative number; what is shown is as it was before.
    var clockStep: TimeInterval = 0
    /// What came in answer to loads that were under way, to be shown afterwards.
    var answers: [Answer] = []
    /// The last state of the service since, to be shown afterwards; `nil` where nothing has changed.
    var service: ServiceSnapshot?
    /// What has begun since: it has rung already, and is marked afterwards.
    var alarms: Alarms
    /// How the connection to it is since; `nil` likewise.
    var connection: ConnectionStatus?
    /// What was logged since, to be shown afterwards; no more than the log shows.
    var logged: [LogLine] = []
}
