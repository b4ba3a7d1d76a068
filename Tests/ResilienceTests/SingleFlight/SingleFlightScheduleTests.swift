import TestSupport
import Testing

@testable import Resilience

/// Many callers at once, and calls, cancellations, ends and invalidations in random order.
@Suite("Single flight: schedules", .timeLimit(.minutes(3)))
struct SingleFlightScheduleTests {
    /// What a run returns.
    ///
    /// Moments are numbers, of which the later has the higher.
    private struct Report: Sendable {
        let key: Int
        let run: Int
        let began: Int
    }

    /// What the callers of one run saw.
    private struct Sharing: Sendable {
        var callers = 0
        var lastCall = Int.min
        var firstReturn = Int.max

        mutating func add(called: Int, returned: Int) {
            callers += 1
            lastCall = max(lastCall, called)
            firstReturn = min(firstReturn, returned)
        }
    }

    @Test("8 × 2,000 callers: each gets a run that was under way or began after its call", arguments: [0, 16])
    func manyCallers(invalidateEvery: UInt64) async throws {
        let flights = SingleFlight<Int, Report>()
        let (clock, runs, shared) = (Counter(), Counter(), Counter())
        let perRun = Observed<[Int: Sharing]>([:])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<8 {
                group.addTask {
                    var random = SplitMix64(seed: UInt64(worker))
                    for _ in 0..<2_000 {
                        let key = Int.random(in: 0..<3, using: &random)
                        if invalidateEvery > 0, random.next() % invalidateEvery == 0 { flights.invalidate(key) }
                        let called = clock.add()
                        let own = Counter()
                        let report = try await flights.run(key) {
                            own.add()
                            let (run, began) = (runs.add(), clock.add())
                            await Task.yield()
                            return Report(key: key, run: run, began: began)
                        }
                        let returned = clock.add()
                        #expect(report.key == key)
                        if own.value == 0 { shared.add() } else { #expect(report.began > called) }
                        perRun.change { $0[report.run, default: Sharing()].add(called: called, returned: returned) }
                    }
                }
            }
            try await group.waitForAll()
        }
        let sharings = perRun.value.values
        #expect(sharings.reduce(0) { $0 + $1.callers } == 16_000)
        #expect(sharings.count == runs.value, "every run has its callers")
        #expect(sharings.allSatisfy { $0.lastCall < $0.firstReturn }, "a run that was over before the call")
        #expect(runs.value + shared.value == 16_000, "one caller of each run started it")
        #expect(shared.value > 0)
        #expect(flights.kept == (keys: 0, runs: 0, waiters: 0))
    }

    @Test("8 × 2,000 callers, half of them cancelled at some moment: each ends once, and nothing is left")
    func manyCancelled() async throws {
        let flights = SingleFlight<Int, Int>()
        let (began, ended, values, cancelled) = (Counter(), Counter(), Counter(), Counter())
        await withTaskGroup(of: Void.self) { group in
            for worker in 0..<8 {
                group.addTask {
                    var random = SplitMix64(seed: UInt64(100 + worker))
                    for _ in 0..<2_000 {
                        let key = Int.random(in: 0..<2, using: &random)
                        let call = Task {
                            try await flights.run(key) {
                                began.add()
                                defer { ended.add() }
                                await Task.yield()
                                try Task.checkCancellation()
                                return key
                            }
                        }
                        let isCancelled = Bool.random(using: &random)
                        if Bool.random(using: &random) { await Task.yield() }
                        if isCancelled { call.cancel() }
                        switch await call.result {
                        case .success(let value):
                            #expect(value == key)
                            values.add()
                        case .failure(let error):
                            // Another caller never has the error of work that was cancelled: nobody joins that.
                            #expect(isCancelled && error is CancellationError)
                            cancelled.add()
                        }
                    }
                }
            }
        }
        #expect(values.value + cancelled.value == 16_000)
        #expect(cancelled.value > 0)
        #expect(flights.kept == (keys: 0, runs: 0, waiters: 0))
        while ended.value < began.value {
            try Task.checkCancellation()
            await Task.yield()
        }
    }

    @Test("The work ends while its only caller is cancelled: one end, no hang")
    func cancelledAtTheEnd() async throws {
        for round in 0..<500 {
            let flights = SingleFlight<String, Int>()
            let gate = Observed(false)
            let call = Task {
                try await flights.run("k") {
                    try await gate.wait { $0 }
                    return 7
                }
            }
            while flights.kept.waiters == 0 { await Task.yield() }
            let canceller = Task { call.cancel() }
            if round % 2 == 0 { await Task.yield() }
            gate.change { $0 = true }
            await canceller.value
            switch await call.result {
            case .success(let value): #expect(value == 7)
            case .failure(let error): #expect(error is CancellationError)
            }
            #expect(flights.kept == (keys: 0, runs: 0, waiters: 0))
        }
    }

    @Test("Random calls, cancellations, ends and invalidations agree with a simple model", arguments: UInt64(1)...10)
    func model(seed: UInt64) async throws {
        var schedule = FlightSchedule(seed: seed)
        for _ in 0..<150 {
            try await schedule.step()
            try await schedule.settle()
        }
        try await schedule.finish()
    }
}

/// Callers of a real single flight, and what the rules say of them; settled after every step, so that there is one answer.
private struct FlightSchedule {
    private struct Run {
        let key: Int
        var canBeJoined = true
        var waiters: [Int] = []
    }

    private let seed: UInt64
    private var random: SplitMix64
    private let flights = SingleFlight<Int, Int>()
    private let gates = Gates()
    private var calls: [Task<Int, any Error>] = []
    /// Runs that somebody waits for, by their number.
    private var runs: [Int: Run] = [:]
    private var started = 0
    private var cancelledRuns: [Int] = []

    init(seed: UInt64) {
        self.seed = seed
        random = SplitMix64(seed: seed)
    }

    mutating func step() async throws {
        switch Int.random(in: 0..<20, using: &random) {
        case 0..<9:
            call(Int.random(in: 0..<3, using: &random))
        case 9..<14:
            guard let id = runs.keys.sorted().randomElement(using: &random) else { return }
            guard let leaver = runs[id]?.waiters.randomElement(using: &random) else { return }
            try await leave(leaver, id)
        case 14..<17:
            guard let id = runs.keys.sorted().randomElement(using: &random) else { return }
            try await end(id)
        case 17..<19:
            let key = Int.random(in: 0..<3, using: &random)
            flights.invalidate(key)
            for id in runs.keys where runs[id]?.key == key { runs[id]?.canBeJoined = false }
        default:
            flights.invalidateAll()
            for id in runs.keys { runs[id]?.canBeJoined = false }
        }
    }

    /// Waits until everything is as the rules say; a test that never gets there ends with its time limit.
    func settle() async throws {
        try await gates.waitForStart(started)
        let waiters = runs.values.reduce(0) { $0 + $1.waiters.count }
        let open = runs.values.count { $0.canBeJoined }
        while flights.kept != (keys: open, runs: runs.count, waiters: waiters) {
            try Task.checkCancellation()
            await Task.yield()
        }
        for run in cancelledRuns { try await gates.waitForCancellation(run) }
        #expect(gates.started == started, "seed \(seed)")
        #expect(gates.cancelled.sorted() == cancelledRuns.sorted(), "seed \(seed)")
    }

    mutating func finish() async throws {
        for id in runs.keys.sorted() { try await end(id) }
        try await settle()
        for id in cancelledRuns { gates.open(id, with: .success(id)) }
    }

    private mutating func call(_ key: Int) {
        let caller = calls.count
        calls.append(Task { [flights, gates] in try await flights.run(key) { try await gates.work() } })
        if let id = runs.first(where: { $0.value.key == key && $0.value.canBeJoined })?.key {
            runs[id]?.waiters.append(caller)
        } else {
            started += 1
            runs[started] = Run(key: key, waiters: [caller])
        }
    }

    private mutating func leave(_ caller: Int, _ id: Int) async throws {
        runs[id]?.waiters.removeAll { $0 == caller }
        if runs[id]?.waiters.isEmpty == true {
            runs[id] = nil
            cancelledRuns.append(id)
        }
        let call = calls[caller]
        call.cancel()
        await #expect(throws: CancellationError.self, "seed \(seed)") { try await call.value }
    }

    private mutating func end(_ id: Int) async throws {
        gates.open(id, with: .success(id))
        for caller in runs.removeValue(forKey: id)?.waiters ?? [] {
            let value = try await calls[caller].value
            #expect(value == id, "seed \(seed)")
        }
    }
}
