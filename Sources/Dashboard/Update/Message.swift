public import EventService
public import TextUI

/// Everything that can happen to the dashboard.
public enum Message: Equatable, Sendable {
    /// The dashboard has been put on a screen of this size; comes first and once.
    case started(Size)
    /// The terminal reported a key, the mouse, pasted text or a new size.
    case terminal(TerminalEvent)
    /// The service's state changed, or was read for the first time.
    case snapshot(ServiceSnapshot)
    /// The connection to the service, which is elsewhere, is another now.
    case connection(ConnectionStatus)
    /// A load of users ended.
    case usersLoaded(load: LoadID, Result<ReadResult<[User]>, ServiceError>)
    /// A load of a user's events ended.
    case eventsLoaded(load: LoadID, Result<ReadResult<UserEvents>, ServiceError>)
    /// An attempt to add an event ended.
    case addFinished(draftID: String, AddOutcome)
    /// A load of the events that are kept ended.
    case outboxLoaded(load: LoadID, Result<KeptEvents, ServiceError>)
    /// A load of older entries of the timeline ended.
    case timelineLoaded(load: LoadID, Result<TimelinePage, ServiceError>)
    /// What somebody decided about an event that is kept was done, or why it was not.
    case decisionFinished(OutboxStatistics.Decision, id: String, failure: String?)
    /// An attempt to switch the simulator ended: it was switched, or why it was not.
    case scenarioFinished(name: String, failure: String?)
    /// An attempt to end a breaker's wait ended: the next call is its probe, or why it is not.
    case probeFinished(UpstreamRoute, failure: String?)
    /// What somebody wanted of a breaker was done, or why it was not.
    case breakerChanged(UpstreamRoute, BreakerChange, failure: String?)
    /// An export ended.
    case exported(Export, ExportOutcome)
    /// Lines were logged, oldest first.
    case logged([LogLine])
    /// The time that `nextWakeUp` gave has passed.
    case wake
}

/// How an attempt to add an event ended.
public enum AddOutcome: Equatable, Sendable {
    /// The events API has it.
    case added
    /// It is kept in the outbox, and will be delivered.
    case kept
    /// It is nowhere, for this reason.
    case failed(ServiceError)
}
