/// Decides what happens to each request in the current scenario.
///
/// Pure: time comes in as an argument (the time since any fixed moment, never going back) and randomness from a seed,
/// so the same calls always get the same verdicts. What a scenario remembers starts anew whenever one is selected,
/// also when it is the current one.
struct ScenarioMachine: Sendable {
    struct Settings: Equatable, Sendable {
        var latency: Duration
        var seed: UInt64
        var flakyShare: Double
    }

    /// What the current scenario remembers between requests.
    private enum Memory: Sendable {
        case nothing
        case overload(OverloadWindow)
        case original(arrived: Int)
        case flaky(SeededGenerator)
        case garbage(next: Int)
    }

    private(set) var scenario: Scenario
    /// The only kind of garbage to send, or `nil` for all in turn.
    private(set) var pinnedGarbage: GarbageKind?
    private let settings: Settings
    private var memory: Memory

    init(scenario: Scenario, settings: Settings) {
        self.scenario = scenario
        self.settings = settings
        self.memory = Self.freshMemory(of: scenario, settings: settings)
    }

    mutating func select(_ scenario: Scenario, garbage: GarbageKind? = nil) {
        self.scenario = scenario
        pinnedGarbage = garbage
        memory = Self.freshMemory(of: scenario, settings: settings)
    }

    mutating func decide(_ route: Route, now: Duration) -> Verdict {
        switch scenario {
        case .steady: .serve(after: latency(of: route))
        case .slow: .serve(after: slowLatency(of: route))
        case .overload: decideOverload(route, now: now)
        case .original: decideOriginal(route)
        case .flaky: decideFlaky(route)
        case .garbage: .garbage(nextGarbage())
        case .hang: .hang
        // A request that was already on its way when the listener began to close.
        case .outage: .reset
        }
    }

    private static func freshMemory(of scenario: Scenario, settings: Settings) -> Memory {
        switch scenario {
        case .steady, .slow, .outage, .hang: .nothing
        case .overload: .overload(OverloadWindow())
        case .original: .original(arrived: 0)
        case .flaky: .flaky(SeededGenerator(seed: settings.seed))
        case .garbage: .garbage(next: 0)
        }
    }
}

// MARK: - The scenarios

extension ScenarioMachine {
    private func latency(of route: Route) -> Duration {
        route == .getEventById ? settings.latency : .zero
    }

    private func slowLatency(of route: Route) -> Duration {
        route == .getEventById ? settings.latency * 10 : settings.latency
    }

    private mutating func decideOverload(_ route: Route, now: Duration) -> Verdict {
        guard route == .addEvent, case .overload(var window) = memory else { return .serve(after: latency(of: route)) }
        let wait = window.arrive(at: now)
        memory = .overload(window)
        guard let wait else { return .serve(after: latency(of: route)) }
        return .refuse(.overloaded(retryAfter: wait))
    }

    private mutating func decideOriginal(_ route: Route) -> Verdict {
        guard route == .addEvent, case .original(let arrived) = memory else { return .serve(after: latency(of: route)) }
        memory = .original(arrived: (arrived + 1) % 15)
        return arrived < 5 ? .serve(after: latency(of: route)) : .refuse(.overloaded(retryAfter: nil))
    }

    private mutating func decideFlaky(_ route: Route) -> Verdict {
        guard case .flaky(var generator) = memory else { return .serve(after: latency(of: route)) }
        // Both are drawn every time, so that another share fails other requests but each in the same way.
        let fails = generator.nextUnit() < settings.flakyShare
        let kind = generator.next() % 4
        memory = .flaky(generator)
        guard fails else { return .serve(after: latency(of: route)) }
        return switch kind {
        case 0: .refuse(.internalError)
        case 1: .refuse(.overloaded(retryAfter: nil))
        case 2: .reset
        default: .resetMidway
        }
    }

    private mutating func nextGarbage() -> GarbageKind {
        if let pinnedGarbage { return pinnedGarbage }
        guard case .garbage(let next) = memory else { return .broken }
        memory = .garbage(next: (next + 1) % GarbageKind.allCases.count)
        return GarbageKind.allCases[next]
    }
}
