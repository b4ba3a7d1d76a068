public import EventService

/// What the dashboard wants done by whoever runs it; every one that asks for an answer names the message that brings it.
public enum Effect: Equatable, Sendable {
    /// Read all users; answer with `Message.usersLoaded` and the same load.
    case loadUsers(load: LoadID, policy: CachePolicy = .useCache)
    /// Read a user's events, as far as they can be found; answer with `Message.eventsLoaded` and the same load.
    case loadEvents(userID: String, load: LoadID, policy: CachePolicy = .useCache)
    /// Give up a load; no answer is needed, and one that comes all the same is dropped.
    case cancelLoad(LoadID)
    /// Add an event; answer with `Message.addFinished` and the draft's identifier.
    ///
    /// The same draft is sent again with the same identifier after a failure. `whenDown` says what to do with it if it can't
    /// be delivered now; `nil` leaves that to the configuration.
    case add(EventDraft, whenDown: EventServiceConfiguration.WhenDown? = nil)
    /// Read the events that are kept, at most so many; answer with `Message.outboxLoaded` and the same load.
    case loadOutbox(load: LoadID, limit: Int)
    /// Read the entries of the timeline before one, at most so many; answer with `Message.timelineLoaded` and the same load.
    case loadTimeline(load: LoadID, before: UInt64, limit: Int)
    /// Have an event that is kept tried again; answer with `Message.decisionFinished`.
    case retryKept(id: String)
    /// Forget an event that is kept; answer with `Message.decisionFinished`.
    case discardKept(id: String)
    /// Switch the built-in simulator; answer with `Message.scenarioFinished`.
    case selectScenario(String)
    /// End the wait of the route's open breaker, so that the next call is its probe; answer with `Message.probeFinished`.
    case probe(UpstreamRoute)
    /// Change what a breaker lets through; answer with `Message.breakerChanged`.
    case changeBreaker(UpstreamRoute, BreakerChange)
    /// Write rows to a file that only its owner may read, or leave one that is there as it is unless that is to be
    /// replaced; answer with `Message.exported`.
    case export(Export, isReplacing: Bool)
    /// Tell the lines of the log with a higher number than this, and from then on those that come, with `Message.logged`.
    case followLog(after: UInt64)
    /// Tell no more lines of the log.
    case leaveLog
    /// Turn the reporting of the mouse on or off.
    case setMouse(Bool)
    /// Ring the terminal's bell.
    case bell
    /// Give the terminal back and stop the process, as Ctrl-Z does, until it is continued.
    case suspend
    /// Leave the dashboard.
    case quit
}
