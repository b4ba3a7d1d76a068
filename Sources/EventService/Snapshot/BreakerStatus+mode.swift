extension BreakerStatus {
    /// Who decides whether a breaker lets calls through, spelled as the HTTP API spells it.
    public enum Mode: String, Sendable, Hashable, CaseIterable {
        /// The breaker itself, by what becomes of the calls.
        case automatic
        /// An operator, who lets none through.
        case forcedOpen
        /// An operator, who lets all through.
        case disabled
    }

    /// Who decides now.
    public var mode: Mode {
        switch state {
        case .closed, .open, .halfOpen: .automatic
        case .forcedOpen: .forcedOpen
        case .disabled: .disabled
        }
    }
}
