extension CircuitBreakerMachine {
    /// Goes on with other settings in the same state.
    mutating func reconfigure(_ configuration: CircuitBreakerConfiguration) {
        var next = CircuitBreakerMachine(configuration: configuration, at: enteredAt)
        next.state = state
        next.openings = openings
        next.probes = probes
        next.totals = totals
        next.failures.fill(from: failures)
        if let calls, next.calls?.hasShape(of: calls) == true { next.calls = calls }
        // Nobody took the time at which the calls under way began: their passes must not be measured.
        let cannotMeasure = state == .closed && slowCallDuration == nil && next.slowCallDuration != nil
        next.generation = cannotMeasure ? generation &+ 1 : generation
        self = next
    }
}
