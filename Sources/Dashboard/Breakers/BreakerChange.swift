import EventService

/// What somebody can do to a breaker.
public enum BreakerChange: CaseIterable, Hashable, Sendable {
    /// Let no call through, until that is taken back.
    case forceOpen
    /// Let every call through, until that is taken back.
    case disable
    /// Let the breaker decide again.
    case automatic
    /// Close the breaker, and forget its failures.
    case reset

    /// Why there is nothing to change, `nil` where there is.
    func reasonAgainst(_ breaker: BreakerStatus) -> String? {
        switch (self, breaker.state) {
        case (.forceOpen, .forcedOpen): "is forced open"
        case (.disable, .disabled): "is disabled"
        case (.automatic, .closed), (.automatic, .open), (.automatic, .halfOpen): "is automatic"
        case (.reset, .closed) where breaker.failures.isEmpty: "is closed"
        default: nil
        }
    }

    /// Whether it reaches so far that it is asked about first.
    var isAskedAbout: Bool { self != .automatic }

    /// What is asked before it.
    func question(about route: UpstreamRoute) -> String {
        let name = route.rawValue
        return switch self {
        case .forceOpen: "Force \(name) open? Every call of it fails at once until it is automatic again."
        case .disable: "Disable the breaker of \(name)? Calls pass however many fail, until it is automatic again."
        case .automatic: "Set \(name) to automatic?"
        case .reset: "Close \(name)? Its failures and its wait are forgotten, and all calls pass at once."
        }
    }

    /// The answer that has it done.
    var consent: String {
        switch self {
        case .forceOpen: "Yes, force it open"
        case .disable: "Yes, disable it"
        case .automatic: "Yes"
        case .reset: "Yes, close it"
        }
    }

    /// What has come of it, behind the name of the route.
    var outcome: String {
        switch self {
        case .forceOpen: "is forced open: no call passes until it is automatic again."
        case .disable: "is disabled: every call passes until it is automatic again."
        case .automatic: "is automatic again."
        case .reset: "is closed, and its failures are forgotten."
        }
    }
}
