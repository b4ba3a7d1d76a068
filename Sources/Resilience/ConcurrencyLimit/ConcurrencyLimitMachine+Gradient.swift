extension ConcurrencyLimitMachine {
    /// Moves the limit at the end of a window, and begins the next one or a probe.
    mutating func closeWindow(ifOverAt now: MonotonicInstant) {
        // Twice a latency, so that most of what is measured was admitted under the present limit.
        let length = max(windowLength, Int64(saturating: (shortTerm ?? 0) * 2))
        guard now.nanoseconds(since: window.start) >= length else { return }
        guard window.samples >= configuration.minimumSamples || window.isOverloaded else { return }
        let isUsed = window.mostInFlight * 2 >= Int(estimate)
        if window.samples >= configuration.minimumSamples, let mean = window.mean {
            shortTerm = mean
            measure(mean, isUsed: isUsed, at: now)
            if isUsed, !window.isOverloaded { follow(mean) }
        }
        window = LatencyWindow(start: now, inFlight: inFlight)
        if isUsed, isProbeDue(at: now) { beginProbe(at: now) }
    }

    /// Lets the long-term latency follow a window that tells something about it.
    ///
    /// Without much load a window is a measurement for nothing. With load it is one only if it was faster.
    private mutating func measure(_ mean: Double, isUsed: Bool, at now: MonotonicInstant) {
        guard let longTerm else {
            self.longTerm = mean
            return
        }
        guard !isUsed || mean < longTerm else { return }
        self.longTerm = longTerm + (mean - longTerm) * Self.longTermWeight
        if !isUsed { noteMeasurement(at: now) }
    }

    /// Grows by the headroom while there is no queue, else shrinks by the gradient.
    private mutating func follow(_ mean: Double) {
        guard let longTerm else { return }
        let gradient = mean > 0 ? min(1, max(0.5, configuration.tolerance * longTerm / mean)) : 1
        let target = gradient < 1 ? estimate * gradient : estimate + estimate.squareRoot()
        move(to: estimate + (target - estimate) * configuration.smoothing)
    }

    private static let longTermWeight = 0.1

    // MARK: - Probes

    /// Whether the long-term latency is old, or the limit has halved since: what is called may have become slower by itself.
    private func isProbeDue(at now: MonotonicInstant) -> Bool {
        now.nanoseconds(since: measuredAt) >= probeInterval || estimate * 2 <= measuredLimit
    }

    private mutating func noteMeasurement(at now: MonotonicInstant) {
        measuredAt = now
        measuredLimit = estimate
    }

    private mutating func beginProbe(at now: MonotonicInstant) {
        probes &+= 1
        // Time for the queue to empty, for the calls of the probe to be admitted, and for the slowest of them.
        let longest = Int64(saturating: Double(windowLength) * 2 + (shortTerm ?? 0) * Self.longestProbe)
        state = .probing(
            Probe(
                number: probes,
                limit: max(configuration.minimum, Int(estimate) / 2),
                end: now.advanced(by: longest),
                latencies: LatencyWindow(start: now, inFlight: inFlight)
            )
        )
    }

    /// The number of the probe that a call belongs to which is being admitted.
    mutating func joinProbe() -> UInt64? {
        guard case .probing(var probe) = state, probe.calls < configuration.minimumSamples else { return nil }
        probe.calls += 1
        probe.underWay += 1
        state = .probing(probe)
        return probe.number
    }

    /// Ends a probe that has measured what it wanted, or takes too long: calls that hang must not hold up the others.
    mutating func endProbe(ifOverAt now: @autoclosure () -> MonotonicInstant) {
        guard case .probing(let probe) = state else { return }
        let now = now()
        let isComplete = probe.calls == configuration.minimumSamples && probe.underWay == 0
        guard isComplete || now >= probe.end else { return }
        if probe.latencies.samples * 2 >= configuration.minimumSamples, let mean = probe.latencies.mean {
            // A small difference may be chance, a large one isn't.
            let known = longTerm ?? mean
            let isClose = mean <= known * configuration.tolerance && known <= mean * configuration.tolerance
            longTerm = isClose ? (known + mean) / 2 : mean
        }
        noteMeasurement(at: now)
        state = .steady
        window = LatencyWindow(start: now, inFlight: inFlight)
    }

    private static let longestProbe = 20.0
}
