@testable import Resilience

/// The rule table, written a second time, by state.
extension MachineTableTests {
    /// `nil` where the event can't happen: no call admitted by this state is under way.
    static func effect(of event: Event, in start: Start) -> Effect? {
        switch event {
        case .admit, .success, .failure, .ignored: effectOfCall(event, in: start)
        case .stale: Effect(to: kind(of: start))
        case .forceOpen: start == .forcedOpen ? Effect(to: .forcedOpen) : Effect(to: .forcedOpen, reason: .forcedOpen)
        case .disable: start == .disabled ? Effect(to: .disabled) : Effect(to: .disabled, reason: .disabled)
        case .automatic:
            switch start {
            case .forcedOpen, .disabled: Effect(to: .closed, reason: .automatic)
            case .closed, .closedAtBrink, .rateAtBrink, .slowAtBrink, .slowAtEdge, .open, .openDue, .halfOpen,
                .halfOpenTaken, .halfOpenOverdue:
                Effect(to: kind(of: start))
            }
        case .reset:
            switch start {
            case .closed, .closedAtBrink, .rateAtBrink, .slowAtBrink, .slowAtEdge: Effect(to: .closed)
            case .open, .openDue, .halfOpen, .halfOpenTaken, .halfOpenOverdue, .forcedOpen, .disabled:
                Effect(to: .closed, reason: .operatorReset)
            }
        case .probeNow:
            switch start {
            case .open, .openDue: Effect(to: .halfOpen, reason: .operatorProbe)
            case .closed, .closedAtBrink, .rateAtBrink, .slowAtBrink, .slowAtEdge, .halfOpen, .halfOpenTaken,
                .halfOpenOverdue, .forcedOpen, .disabled:
                Effect(to: kind(of: start))
            }
        }
    }

    private static func effectOfCall(_ event: Event, in start: Start) -> Effect? {
        switch (start, event) {
        case (.closed, _), (.closedAtBrink, .admit), (.closedAtBrink, .success), (.closedAtBrink, .ignored):
            Effect(to: .closed)
        case (.closedAtBrink, _):
            Effect(to: .open, reason: .failureThreshold)
        case (.rateAtBrink, .failure):
            Effect(to: .open, reason: .failureRate)
        case (.slowAtBrink, .success), (.slowAtBrink, .failure):
            Effect(to: .open, reason: .slowCallRate)
        // The success that fills up the minimum, and the call that takes exactly as long as a fast one may.
        case (.rateAtBrink, _), (.slowAtBrink, _), (.slowAtEdge, _):
            Effect(to: .closed)
        case (.open, .admit):
            Effect(to: .open, rejected: .open)
        case (.openDue, .admit):
            Effect(to: .halfOpen, reason: .waitElapsed)
        case (.halfOpen, .admit):
            Effect(to: .halfOpen)
        case (.open, _), (.openDue, _), (.halfOpen, _):
            nil
        case (.halfOpenTaken, .admit):
            Effect(to: .halfOpen, rejected: .halfOpen)
        case (.halfOpenTaken, .success):
            Effect(to: .closed, reason: .probeSucceeded)
        case (.halfOpenTaken, .failure):
            Effect(to: .open, reason: .probeFailed)
        case (.halfOpenTaken, _):
            Effect(to: .halfOpen)
        case (.halfOpenOverdue, .admit):
            Effect(to: .open, reason: .probeTimedOut, rejected: .open)
        case (.halfOpenOverdue, _):
            Effect(to: .open, reason: .probeTimedOut)
        case (.forcedOpen, .admit):
            Effect(to: .forcedOpen, rejected: .forcedOpen)
        case (.forcedOpen, _):
            nil
        case (.disabled, _):
            Effect(to: .disabled)
        }
    }

    private static func kind(of start: Start) -> CircuitBreaker.State {
        switch start {
        case .closed, .closedAtBrink, .rateAtBrink, .slowAtBrink, .slowAtEdge: .closed
        case .open, .openDue: .open
        case .halfOpen, .halfOpenTaken, .halfOpenOverdue: .halfOpen
        case .forcedOpen: .forcedOpen
        case .disabled: .disabled
        }
    }
}
