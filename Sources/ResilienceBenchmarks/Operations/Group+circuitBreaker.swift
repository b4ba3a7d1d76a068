import CBenchmarkSupport
import Resilience

extension Group {
    /// The breaker in each of its states, with so many threads at once using the same one.
    static func circuitBreaker(threads: Int) throws -> Group {
        var group = Group("circuit breaker, \(threads == 1 ? "one thread" : "\(threads) threads")")
        func target(alone: Double) -> Operation.Target {
            threads == 1 ? .nanoseconds(alone) : .timesOneThread(4)
        }

        group.add("no breaker", threads: threads) { work() }

        let succeeding = CircuitBreaker(name: "succeeding")
        group.add("closed: admit, succeed", threads: threads, target: target(alone: 60)) {
            guard case .admitted(let permit) = succeeding.admit() else { return }
            work()
            permit.succeed()
        }

        let rates = try CircuitBreakerConfiguration(failureRateThreshold: 0.5, slowCallRateThreshold: 0.5)
        let measured = CircuitBreaker(name: "measured", configuration: rates)
        group.add("closed, both rates on: admit, succeed", threads: threads) {
            guard case .admitted(let permit) = measured.admit() else { return }
            work()
            permit.succeed()
        }

        let watched = CircuitBreaker(name: "watched")
        let events = watched.events()
        group.add("closed, a subscriber: admit, succeed", threads: threads) {
            guard case .admitted(let permit) = watched.admit() else { return }
            work()
            permit.succeed()
            withExtendedLifetime(events) {}
        }

        // Every failure finds that the one before it has left the window, which is what a constant rate of failures does.
        let settings = try CircuitBreakerConfiguration(failureThreshold: 100, failureWindow: .nanoseconds(1))
        let failing = CircuitBreaker(name: "failing", configuration: settings)
        group.add("closed: admit, fail", threads: threads) {
            guard case .admitted(let permit) = failing.admit() else { return }
            work()
            permit.fail()
        }

        let open = try CircuitBreaker.opened()
        group.add("open: reject", threads: threads, target: target(alone: 30)) {
            guard case .rejected = open.admit() else { preconditionFailure("the wait is longer than this runs") }
        }

        let forcedOpen = CircuitBreaker(name: "forced open")
        forcedOpen.forceOpen()
        group.add("forced open: reject", threads: threads, target: target(alone: 30)) {
            guard case .rejected = forcedOpen.admit() else { preconditionFailure("nobody ended it") }
        }

        group.add("closed: snapshot", threads: threads) { work(Int(succeeding.snapshot().generation)) }

        return group
    }

    /// The breaker around an operation that may suspend, in so many tasks at once.
    static func run(tasks: Int) -> Group {
        var group = Group("circuit breaker's run, \(tasks == 1 ? "one task" : "\(tasks) tasks")")
        group.addAsync("no breaker, async", tasks: tasks) { try await asyncWork() }
        let breaker = CircuitBreaker(name: "running")
        group.addAsync("closed: run", tasks: tasks, target: tasks == 1 ? nil : .timesOneThread(4)) {
            try await breaker.run { try await asyncWork() }
        }
        return group
    }
}

extension CircuitBreaker {
    /// A breaker that has opened by itself, for longer than anybody measures.
    fileprivate static func opened() throws -> CircuitBreaker {
        let settings = try CircuitBreakerConfiguration(
            failureThreshold: 1,
            resetTimeout: .seconds(3600),
            maximumResetTimeout: .seconds(3600)
        )
        let breaker = CircuitBreaker(name: "open", configuration: settings)
        if case .admitted(let permit) = breaker.admit() { permit.fail() }
        return breaker
    }
}
