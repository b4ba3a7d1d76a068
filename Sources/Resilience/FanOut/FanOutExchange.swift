import Synchronization

/// The consumer's side: starts operations and takes their results.
final class FanOutSource<Output: Sendable> {
    private let exchange: FanOutExchange<Output>
    /// Starts an operation for the next element, and says whether there was one; `nil` after the last element.
    private var startNext: ((_ number: Int) -> Bool)?
    private var isOver = false

    init(_ exchange: FanOutExchange<Output>, startNext: @escaping (_ number: Int) -> Bool) {
        self.exchange = exchange
        self.startNext = startNext
    }

    func next() async throws -> Output? {
        guard !isOver else { return nil }
        start()
        while true {
            let take = exchange.take()
            // In a cancelled task elements may be left that were not started.
            let isEnd = take.isNothingLeft && startNext == nil
            if Task.isCancelled, !isEnd {
                close()
                throw CancellationError()
            }
            switch take {
            case .output(let output):
                start()
                return output
            case .failure(let error):
                close()
                throw error
            case .wait:
                await exchange.wait()
            case .nothingLeft:
                close()
                return nil
            }
        }
    }

    /// Starts and hands out nothing from now on, and drops the results that wait or are still to come.
    func close() {
        isOver = true
        startNext = nil
        exchange.fail(with: CancellationError())
    }

    /// Starts as many operations as the limit allows.
    private func start() {
        while let startNext, !Task.isCancelled, let number = exchange.start() {
            guard !startNext(number) else { continue }
            exchange.takeBackStart()
            self.startNext = nil
        }
    }
}

/// Where operations leave their results and the consumer finds them.
final class FanOutExchange<Output: Sendable>: Sendable {
    private struct Core {
        var machine: FanOutMachine<Output>
        /// Set while the consumer is suspended; between its decision to wait and that moment the machine knows.
        var consumer: CheckedContinuation<Void, Never>?

        mutating func takeConsumer() -> CheckedContinuation<Void, Never>? {
            defer { consumer = nil }
            return consumer
        }
    }

    private let core: Mutex<Core>

    init(_ machine: FanOutMachine<Output>) {
        core = Mutex(Core(machine: machine))
    }

    func start() -> Int? { core.withLock { $0.machine.start() } }

    func takeBackStart() { core.withLock { $0.machine.takeBackStart() } }

    func take() -> FanOutMachine<Output>.Take { core.withLock { $0.machine.take() } }

    /// Returns when it makes sense to take again, after there was nothing to take.
    ///
    /// Every operation that was started ends, and one of them is the one that wakes: so this needs no cancellation.
    func wait() async {
        await withCheckedContinuation { continuation in
            let mustWait = core.withLock { core in
                // What there is to wait for may have come since.
                if core.machine.waitsForNext { core.consumer = continuation }
                return core.machine.waitsForNext
            }
            if !mustWait { continuation.resume() }
        }
    }

    func finish(_ number: Int, with output: Output) {
        let consumer = core.withLock { $0.machine.finish(number, with: output) ? $0.takeConsumer() : nil }
        consumer?.resume()
    }

    func fail(with error: any Error) {
        // What is dropped is released outside the lock: its end may run any code.
        let (consumer, _) = core.withLock { core in
            let (wakes, dropped) = core.machine.fail(with: error)
            return (wakes ? core.takeConsumer() : nil, dropped)
        }
        consumer?.resume()
    }
}
