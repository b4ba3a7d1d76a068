@testable import Resilience

/// A machine with windows of 100 ms and 4 samples, driven window by window.
struct LimitDriver {
    var machine: ConcurrencyLimitMachine
    var now = MonotonicInstant(nanoseconds: 0)

    /// - Parameter latency: What the calls of the first measurement take; `nil` leaves the machine in it.
    init(
        minimum: Int = 2,
        maximum: Int = 100,
        initial: Int = 16,
        tolerance: Double = 1.25,
        smoothing: Double = 0.5,
        latency: Int? = 10
    ) throws {
        machine = ConcurrencyLimitMachine(
            configuration: try ConcurrencyLimitConfiguration(
                minimum: minimum,
                maximum: maximum,
                initial: initial,
                tolerance: tolerance,
                smoothing: smoothing,
                minimumSamples: 4,
                probeInterval: .seconds(10)
            )
        )
        guard let latency else { return }
        let passes = admit(4)
        advance(milliseconds: latency)
        settle(passes)
    }

    var isProbing: Bool { machine.state != .steady }

    mutating func advance(milliseconds: Int) {
        now = now.advanced(by: Int64(milliseconds) * 1_000_000)
    }

    /// As many of so many calls as there are places for.
    mutating func admit(_ count: Int) -> [ConcurrencyLimitMachine.Pass] {
        (0..<count).compactMap { _ in machine.admit(at: now) }
    }

    mutating func settle(_ passes: [ConcurrencyLimitMachine.Pass], as outcome: ConcurrencyLimit.Outcome = .success) {
        for pass in passes { machine.settle(pass, as: outcome, at: now) }
    }

    /// One window with so many calls at once, all but one of which succeed; the last one ends it, and says nothing.
    mutating func window(calls: Int, latency: Int, length: Int = 100) {
        let passes = admit(calls)
        advance(milliseconds: latency)
        settle(Array(passes.dropLast()))
        advance(milliseconds: length - latency)
        settle(Array(passes.suffix(1)), as: .ignored)
    }

    /// Windows until a probe begins, with a call in each that says nothing.
    mutating func waitForProbe(calls: Int, latency: Int) {
        for _ in 0..<1_000 where !isProbing { window(calls: calls, latency: latency) }
    }
}
