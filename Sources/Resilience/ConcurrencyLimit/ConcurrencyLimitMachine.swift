/// The concurrency limit as a pure value: no clock, no lock.
///
/// Every function takes the present time, lazily, since a fixed limit needs none. The times must not go backwards.
struct ConcurrencyLimitMachine: Sendable, Equatable {
    enum State: Sendable, Equatable {
        /// Windows follow each other, and each moves the limit.
        ///
        /// → `probing` at the end of a window, when the long-term latency is old or in doubt.
        case steady
        /// Half the limit is in force, to measure the latency without a queue.
        ///
        /// → `steady` when all calls of the probe have ended, or it takes too long. Also the state to begin with, then
        /// with the whole limit in force.
        case probing(Probe)
    }

    /// A measurement of the first calls that are admitted under a lower limit.
    ///
    /// Those and no others, and all of them: a measurement that ended at some moment would miss the slowest.
    struct Probe: Sendable, Equatable {
        let number: UInt64
        let limit: Int
        /// When it takes too long.
        let end: MonotonicInstant
        var calls = 0
        var underWay = 0
        var latencies: LatencyWindow
    }

    /// What an admitted call carries until it ends.
    struct Pass: Sendable, Equatable {
        let admittedAt: MonotonicInstant
        /// The probe that it is measured for; `nil` for none.
        let probe: UInt64?
    }

    let configuration: ConcurrencyLimitConfiguration
    let windowLength: Int64
    let probeInterval: Int64

    var state: State
    /// The limit with its fraction, always in bounds.
    var estimate: Double
    var inFlight = 0
    var window: LatencyWindow
    /// The average of the last window, in nanoseconds.
    var shortTerm: Double?
    /// The average without a queue, in nanoseconds.
    var longTerm: Double?
    /// When the long-term latency was last measured, and the limit then.
    var measuredAt: MonotonicInstant
    var measuredLimit: Double
    var probes: UInt64 = 0
    var totals = ConcurrencyLimit.Totals()

    init(
        configuration: ConcurrencyLimitConfiguration,
        at now: MonotonicInstant = .zero
    ) {
        self.configuration = configuration
        self.windowLength = configuration.window.saturatedNanoseconds
        self.probeInterval = configuration.probeInterval.saturatedNanoseconds
        let first = Probe(
            number: 0,
            limit: configuration.initial,
            end: now.advanced(by: probeInterval),
            latencies: LatencyWindow(start: now, inFlight: 0)
        )
        self.state = configuration.isFixed ? .steady : .probing(first)
        self.estimate = Double(configuration.initial)
        self.window = LatencyWindow(start: now, inFlight: 0)
        self.measuredAt = now
        self.measuredLimit = Double(configuration.initial)
    }

    /// The limit that is in force.
    var limit: Int {
        switch state {
        case .steady: Int(estimate)
        case .probing(let probe): probe.limit
        }
    }

    // MARK: - Calls

    /// Answers a call that asks to be let through; `nil` if it isn't.
    mutating func admit(at now: @autoclosure () -> MonotonicInstant) -> Pass? {
        if inFlight >= limit { endProbe(ifOverAt: now()) }
        guard inFlight < limit else {
            totals.rejected &+= 1
            return nil
        }
        inFlight += 1
        guard !configuration.isFixed else { return Pass(admittedAt: window.start, probe: nil) }
        window.see(inFlight: inFlight)
        return Pass(admittedAt: now(), probe: joinProbe())
    }

    /// Takes the result of a call that was let through; once for each pass.
    mutating func settle(
        _ pass: Pass,
        as outcome: ConcurrencyLimit.Outcome,
        at now: @autoclosure () -> MonotonicInstant
    ) {
        inFlight -= 1
        totals.count(outcome)
        guard !configuration.isFixed else { return }
        let now = now()
        var latency: Int64?
        switch outcome {
        case .success: latency = now.nanoseconds(since: pass.admittedAt)
        case .overload: backOff()
        case .ignored: break
        }
        switch state {
        case .steady:
            if let latency { window.record(latency) }
            closeWindow(ifOverAt: now)
        case .probing(var probe):
            if pass.probe == probe.number {
                probe.underWay -= 1
                if let latency { probe.latencies.record(latency) }
                state = .probing(probe)
            }
            endProbe(ifOverAt: now)
        }
    }

    /// Lowers the limit, once in a window: many overloads at a time are one.
    private mutating func backOff() {
        guard !window.isOverloaded else { return }
        window.isOverloaded = true
        move(to: estimate * configuration.backoff)
    }

    mutating func move(to value: Double) {
        estimate = min(max(value, Double(configuration.minimum)), Double(configuration.maximum))
    }
}

extension ConcurrencyLimit.Totals {
    mutating func count(_ outcome: ConcurrencyLimit.Outcome) {
        switch outcome {
        case .success: succeeded &+= 1
        case .overload: overloaded &+= 1
        case .ignored: ignored &+= 1
        }
    }
}
