import EventService
import Testing
import TextUI

@testable import Dashboard

/// Every pane alone, in every state that what it shows can be in.
@Suite
struct PaneGoldenTests {
    /// What is known of what a pane shows.
    enum State: String, CaseIterable, Sendable {
        /// Nothing was answered yet.
        case loading
        /// There is nothing.
        case empty
        /// Everything was read this moment.
        case loaded
        /// What was read is old: reading it again failed, and the instance that the dashboard is attached to is away.
        case stale
        /// Reading failed the first time, and the instance was never reached.
        case failed
    }

    private static let problem = ServiceError(.circuitOpen, message: "service down, try later", route: .getUsers)

    @Test("Every pane in every state", arguments: Pane.allCases, State.allCases)
    func pane(_ pane: Pane, _ state: State) throws {
        try expectGolden("pane-\(pane)-\(state)") { terminal in
            var session = session(terminal, state)
            show(pane, in: &session)
            answer(&session, state)
            return session
        }
    }

    private func session(_ terminal: Terminal, _ state: State) -> Session {
        let isAttached = state == .stale || state == .failed
        var settings =
            isAttached ? settings(attachedTo: "http://10.0.0.7:3000", scenarios: nil) : settings()
        settings.isASCII = terminal.isASCII
        var session = Session(terminal.size, settings: settings)
        switch state {
        case .loading, .failed: break
        case .empty:
            var snapshot = Sample.snapshot()
            snapshot.outbox = .init()
            session.send(.snapshot(snapshot))
        case .loaded, .stale:
            var snapshot = ServiceSnapshot.withOutbox()
            snapshot.objectives = Sample.objectives
            session.send(.snapshot(snapshot))
        }
        return session
    }

    /// Leads to a pane as somebody would, and shows it alone.
    private func show(_ pane: Pane, in session: inout Session) {
        switch pane {
        case .outbox: session.press(.character("o"))
        case .log: session.press(.character("L"))
        case .users, .events, .breakers, .timeline:
            while session.model.focus != pane { session.press(.tab) }
            session.press(.character("z"))
        }
    }

    private func answer(_ session: inout Session, _ state: State) {
        switch state {
        case .loading: break
        case .empty: succeed(&session, [], [], KeptEvents())
        case .loaded:
            succeed(&session, Sample.users, Sample.events, Sample.keptEvents)
            session.send(.logged(Self.lines))
        case .stale:
            succeed(&session, Sample.users, Sample.events, Sample.keptEvents)
            session.send(.logged(Self.lines))
            session.pass(10)
            session.press(.character("r"))
            fail(&session)
            session.send(ConnectionTests.lost(nextTry: session.now.after(7)))
        case .failed:
            fail(&session)
            session.send(ConnectionTests.lost())
        }
    }

    private func succeed(_ session: inout Session, _ users: [User], _ events: [Event], _ kept: KeptEvents) {
        session.answerUsers(.success(users))
        session.answerEvents(.success(UserEvents(events: events)))
        session.answerOutbox(.success(kept))
    }

    private func fail(_ session: inout Session) {
        session.answerUsers(.failure(Self.problem))
        session.answerEvents(.failure(Self.problem))
        session.answerOutbox(.failure(Self.problem))
    }

    private static let lines = LogLine.Level.allCases.enumerated().map { LogTests.line(UInt64($0 + 1), $1) }
}
