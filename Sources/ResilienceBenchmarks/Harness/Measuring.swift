import CBenchmarkSupport
import Dispatch
import Foundation
import Synchronization

/// Measures operations side by side.
struct Measuring: Sendable {
    /// How often each operation takes its turn.
    var rounds = 31
    /// How long a turn takes: long against the clock, short against what else the machine does.
    var turn = Duration.milliseconds(5)
    /// The same for several at once, which the system has to give their slices of time.
    var sharedTurn = Duration.milliseconds(20)

    private static let cores = ProcessInfo.processInfo.activeProcessorCount

    /// Measures in turns, so that whatever slows the machine down for a while slows all of them down.
    @concurrent
    func measure(_ operations: [Operation]) async throws -> [Measurement] {
        var batches: [Int] = []
        for operation in operations { batches.append(try await batch(operation)) }

        var nanoseconds = operations.map { _ in [Double]() }
        for _ in 0..<rounds {
            for (index, operation) in operations.enumerated() {
                nanoseconds[index].append(try await cost(operation, batches[index]))
            }
        }

        var measurements: [Measurement] = []
        for (index, operation) in operations.enumerated() {
            let allocations = try await allocations(operation, batches[index])
            measurements.append(Measurement(nanoseconds: nanoseconds[index].sorted(), allocations: allocations))
        }
        return measurements
    }

    /// Nanoseconds of one core for one call.
    ///
    /// Alone it is the time that the process was given, whatever else the machine did meanwhile. Several at once may also
    /// wait for one another, so there it is the time that went by, on each of their cores.
    private func cost(_ operation: Operation, _ batch: Int) async throws -> Double {
        let given = try Self.timeGiven()
        let (calls, elapsed) = try await takeTurn(operation, batch)
        let time = operation.width == 1 ? try Self.timeGiven() - given : elapsed * min(operation.width, Self.cores)
        return time / .nanoseconds(1) / Double(calls * operation.parts)
    }

    /// The time that cores have spent on this process.
    private static func timeGiven() throws -> Duration {
        var time = timespec()
        guard clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0 else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EINVAL)
        }
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    /// How many calls go by between two looks at the clock: few where a lock may make each take a thousand times longer.
    private func batch(_ operation: Operation) async throws -> Int {
        var count = 1
        while true {
            let elapsed: Duration
            switch operation.calls {
            case .threads(_, let calls): elapsed = ContinuousClock().measure { calls(count) }
            case .tasks(_, let calls): elapsed = try await ContinuousClock().measure { try await calls(count) }
            }
            if elapsed > turn / (operation.width == 1 ? 100 : 1000) { return count }
            count *= 2
        }
    }

    /// The allocations of one call, in a turn of its own: counting takes time.
    private func allocations(_ operation: Operation, _ batch: Int) async throws -> Double? {
        guard cbs_can_count() else { return nil }
        cbs_start_counting()
        let calls = try await takeTurn(operation, batch).calls
        return Double(cbs_stop_counting()) / Double(calls * operation.parts)
    }

    /// Makes calls until the turn is over, and says how many in what time.
    private func takeTurn(_ operation: Operation, _ batch: Int) async throws -> (calls: Int, elapsed: Duration) {
        switch operation.calls {
        case .threads(let width, let calls):
            return takeTurn(onThreads: width, batch, calls)
        case .tasks(let width, let calls):
            let clock = ContinuousClock()
            let start = clock.now
            let end = start + (width == 1 ? turn : sharedTurn)
            let made = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<width {
                    group.addTask {
                        var made = 0
                        while clock.now < end {
                            try await calls(batch)
                            made += batch
                        }
                        return made
                    }
                }
                return try await group.reduce(0, +)
            }
            return (made, start.duration(to: clock.now))
        }
    }

    private func takeTurn(
        onThreads width: Int,
        _ batch: Int,
        _ calls: @escaping @Sendable (Int) -> Void
    ) -> (calls: Int, elapsed: Duration) {
        let clock = ContinuousClock()
        let turn = width == 1 ? turn : sharedTurn
        let total = Total()
        let ready = DispatchSemaphore(value: 0)
        let begin = DispatchSemaphore(value: 0)
        let ended = DispatchSemaphore(value: 0)
        for _ in 0..<width {
            Thread {
                ready.signal()
                begin.wait()
                let end = clock.now + turn
                var made = 0
                while clock.now < end {
                    calls(batch)
                    made += batch
                }
                total.add(made)
                ended.signal()
            }.start()
        }
        for _ in 0..<width { ready.wait() }
        let elapsed = clock.measure {
            for _ in 0..<width { begin.signal() }
            for _ in 0..<width { ended.wait() }
        }
        return (total.value, elapsed)
    }
}

/// A sum that several threads add to.
private final class Total: Sendable {
    private let sum = Atomic(0)

    var value: Int { sum.load(ordering: .acquiring) }

    func add(_ number: Int) {
        sum.add(number, ordering: .acquiringAndReleasing)
    }
}
