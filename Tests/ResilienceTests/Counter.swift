import Synchronization

/// An integer that many tasks change.
final class Counter: Sendable {
    private let atomic = Atomic(0)

    var value: Int { atomic.load(ordering: .sequentiallyConsistent) }

    /// Returns the new value.
    @discardableResult
    func add(_ amount: Int = 1) -> Int {
        atomic.add(amount, ordering: .sequentiallyConsistent).newValue
    }

    func raise(to value: Int) {
        atomic.max(value, ordering: .sequentiallyConsistent)
    }
}
