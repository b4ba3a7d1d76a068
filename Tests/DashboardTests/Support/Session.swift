import EventService
import Foundation
import TextUI

@testable import Dashboard

/// A dashboard in the hands of a person, with a clock that moves only when told to.
struct Session {
    var model: DashboardModel
    var now = start
    /// Everything that was asked for since the last look.
    var effects: [Effect] = []

    init(_ size: Size = Size(columns: 120, rows: 36), settings: DashboardSettings = settings()) {
        model = DashboardModel(settings: settings, size: size)
        send(.started(size))
    }

    /// A dashboard that shows users, the events of the first one, and a snapshot.
    static func loaded(
        _ size: Size = Size(columns: 120, rows: 36),
        settings: DashboardSettings = settings(),
        users: [User] = Sample.users,
        events: [Event] = Sample.events,
        snapshot: ServiceSnapshot = Sample.snapshot()
    ) -> Session {
        var session = Session(size, settings: settings)
        session.send(.snapshot(snapshot))
        session.answerUsers(.success(users))
        session.answerEvents(.success(UserEvents(events: events)))
        session.effects = []
        return session
    }

    mutating func send(_ message: Message) {
        effects += model.update(message, now: now)
    }

    mutating func press(_ keys: Key...) {
        for key in keys { send(.terminal(.key(key))) }
    }

    mutating func type(_ text: String) {
        for character in text { press(.character(character)) }
    }

    mutating func pass(_ seconds: Double) {
        now = now.after(seconds)
        send(.wake)
    }

    mutating func answerUsers(_ result: Result<[User], ServiceError>, _ freshness: Freshness = .fetched) {
        guard let load = model.users.content.load else { return }
        send(.usersLoaded(load: load, result.map { ReadResult($0, freshness: freshness) }))
    }

    mutating func answerEvents(_ result: Result<UserEvents, ServiceError>, _ freshness: Freshness = .fetched) {
        guard let load = model.events.content.load else { return }
        send(.eventsLoaded(load: load, result.map { ReadResult($0, freshness: freshness) }))
    }

    mutating func answerOutbox(_ result: Result<KeptEvents, ServiceError>) {
        guard let load = model.outbox.content.load else { return }
        send(.outboxLoaded(load: load, result))
    }

    /// A dashboard that shows the outbox.
    static func showingOutbox(
        _ size: Size = Size(columns: 120, rows: 36),
        settings: DashboardSettings = settings(),
        kept: KeptEvents = Sample.keptEvents
    ) -> Session {
        var session = loaded(size, settings: settings, snapshot: .withOutbox())
        session.press(.character("o"))
        session.answerOutbox(.success(kept))
        session.effects = []
        return session
    }

    mutating func takeEffects() -> [Effect] {
        defer { effects = [] }
        return effects
    }

    var frame: Frame { model.view(size: model.size, now: now) }
    var lines: [String] { frame.grid.lines }
    var screen: String { lines.joined(separator: "\n") }
}

extension Freshness {
    /// Read from the events API this moment.
    static let fetched = Freshness(.fetched(.absent), age: .zero, remaining: .seconds(1))

    /// Kept by the service since some time ago, because the events API doesn't answer.
    static func stale(_ seconds: Double) -> Freshness {
        let error = ServiceError(.circuitOpen, message: "service down, try later")
        return Freshness(.stale(because: error), age: .seconds(seconds), remaining: .seconds(1 - seconds))
    }
}
