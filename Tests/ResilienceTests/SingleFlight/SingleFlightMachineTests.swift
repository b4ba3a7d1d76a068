import TestSupport
import Testing

@testable import Resilience

@Suite("Single flight: the machine")
struct SingleFlightMachineTests {
    @Test("Every sequence of five events agrees with a naive account of the rules")
    func everySequence() {
        var sequences = 0
        func visit(_ flights: FlightModel, depth: Int) {
            for event in flights.events {
                var next = flights
                next.apply(event)
                sequences += 1
                if let violation = next.violation {
                    Issue.record("\(next.history): \(violation)")
                } else if depth > 1 {
                    visit(next, depth: depth - 1)
                }
            }
        }
        visit(FlightModel(), depth: 5)
        #expect(sequences > 10_000)
    }

    @Test("Long random sequences agree as well", arguments: UInt64(1)...8)
    func longSequences(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var flights = FlightModel()
        for step in 0..<2_000 {
            guard let event = flights.events.randomElement(using: &random) else { return }
            flights.apply(event)
            if let violation = flights.violation {
                Issue.record("seed \(seed), step \(step), \(event): \(violation)")
                return
            }
        }
        #expect(flights.mostWaiters >= 3, "seed \(seed) has callers that share")
    }

    @Test("A more urgent caller raises the work once; one that isn't more urgent doesn't")
    func escalation() {
        var machine = SingleFlightMachine<String, Int, String>()
        _ = machine.join("k", as: 0, waiter: 0, priority: .low)
        #expect(machine.attach("work", to: 0, startedWith: .low) == .kept(escalation: nil))
        #expect(machine.join("k", as: 1, waiter: 1, priority: .low).escalated == nil)
        #expect(machine.join("k", as: 2, waiter: 2, priority: .high).escalated == "work")
        #expect(machine.join("k", as: 3, waiter: 3, priority: .high).escalated == nil)
        #expect(machine.join("k", as: 4, waiter: 4, priority: .medium).escalated == nil)
    }

    @Test("A more urgent caller that comes before the task exists raises it when it does")
    func earlyEscalation() {
        var machine = SingleFlightMachine<String, Int, String>()
        _ = machine.join("k", as: 0, waiter: 0, priority: .low)
        #expect(machine.join("k", as: 1, waiter: 1, priority: .high).escalated == nil)
        #expect(machine.attach("work", to: 0, startedWith: .low) == .kept(escalation: .high))
    }
}

extension SingleFlightMachine.Arrival {
    /// The work whose priority is to be raised.
    fileprivate var escalated: Work? {
        switch self {
        case .start: nil
        case .join(let work): work
        }
    }
}
