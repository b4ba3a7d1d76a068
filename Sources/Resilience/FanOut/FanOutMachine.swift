/// The results of a fan-out between the operations that make them and the consumer, as a pure value.
///
/// Operations have numbers from 0 in the order of their start. What was started and not taken is at most the limit, so
/// that is also what there can be of results.
struct FanOutMachine<Output: Sendable>: Sendable {
    enum Take {
        /// The next result.
        case output(Output)
        /// An operation failed: the end.
        case failure(any Error)
        /// The next result isn't there; ``waitsForNext`` is set, and the operation that changes that resets it.
        case wait
        /// All that was started was taken.
        case nothingLeft

        var isNothingLeft: Bool {
            switch self {
            case .nothingLeft: true
            case .output, .failure, .wait: false
            }
        }
    }

    private let limit: Int
    private let order: FanOutOrder
    private var started = 0
    private var finished = 0
    private var taken = 0
    /// Results that were not taken, by their place in the order in which they are taken.
    private var results: [Int: Output] = [:]
    private var failure: (any Error)?
    private(set) var waitsForNext = false

    init(limit: Int, order: FanOutOrder) {
        self.limit = limit
        self.order = order
    }

    /// Takes note that another operation begins, and gives its number; `nil` if none may begin now.
    mutating func start() -> Int? {
        guard failure == nil, started - taken < limit else { return nil }
        defer { started += 1 }
        return started
    }

    /// Takes back the latest ``start()``: there was no element for it.
    mutating func takeBackStart() {
        started -= 1
    }

    /// An operation has a result; returns whether the consumer waits for it and must be woken.
    mutating func finish(_ number: Int, with output: Output) -> Bool {
        guard failure == nil else { return false }
        switch order {
        case .completion: results[finished] = output
        case .elements: results[number] = output
        }
        finished += 1
        return results[taken] != nil && stopWaiting()
    }

    /// An operation failed; returns whether the consumer waits and must be woken, and what nobody will take any more.
    ///
    /// Only the first failure counts.
    mutating func fail(with error: any Error) -> (wakes: Bool, dropped: [Int: Output]) {
        guard failure == nil else { return (false, [:]) }
        failure = error
        defer { results = [:] }
        return (stopWaiting(), results)
    }

    /// The consumer asks for the next result.
    mutating func take() -> Take {
        if let failure { return .failure(failure) }
        guard taken < started else { return .nothingLeft }
        guard let output = results.removeValue(forKey: taken) else {
            waitsForNext = true
            return .wait
        }
        taken += 1
        return .output(output)
    }

    private mutating func stopWaiting() -> Bool {
        defer { waitsForNext = false }
        return waitsForNext
    }
}
