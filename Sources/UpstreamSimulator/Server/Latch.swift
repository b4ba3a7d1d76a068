import Synchronization

/// A value that comes once and that many tasks can wait for.
final class Latch<Value: Sendable>: Sendable {
    private typealias Waiter = CheckedContinuation<Value, any Error>

    private enum State {
        case shut(waiters: [UInt64: Waiter], nextID: UInt64)
        case open(Result<Value, any Error>)
    }

    private let state = Mutex(State.shut(waiters: [:], nextID: 0))

    /// The value if it has come.
    var current: Value? {
        state.withLock { if case .open(.success(let value)) = $0 { value } else { nil } }
    }

    /// Hands the result to all that wait and will wait; any call but the first is ignored.
    func open(_ result: Result<Value, any Error>) {
        let waiters = state.withLock { state -> [Waiter] in
            guard case .shut(let waiters, _) = state else { return [] }
            state = .open(result)
            return Array(waiters.values)
        }
        for waiter in waiters { waiter.resume(with: result) }
    }

    /// Waits for the result; throws `CancellationError` when the task is cancelled first.
    func value() async throws -> Value {
        let id = reserveID()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { enter($0, id: id) }
        } onCancel: {
            leave(id: id)
        }
    }

    private func reserveID() -> UInt64 {
        state.withLock {
            guard case .shut(let waiters, let nextID) = $0 else { return 0 }
            $0 = .shut(waiters: waiters, nextID: nextID + 1)
            return nextID
        }
    }

    private func enter(_ waiter: Waiter, id: UInt64) {
        let result = state.withLock { state -> Result<Value, any Error>? in
            switch state {
            case .open(let result):
                return result
            case .shut(var waiters, let nextID):
                // Looked at under the lock: a cancellation that comes later finds the waiter.
                if Task.isCancelled { return .failure(CancellationError()) }
                waiters[id] = waiter
                state = .shut(waiters: waiters, nextID: nextID)
                return nil
            }
        }
        if let result { waiter.resume(with: result) }
    }

    private func leave(id: UInt64) {
        let waiter = state.withLock { state -> Waiter? in
            guard case .shut(var waiters, let nextID) = state else { return nil }
            let waiter = waiters.removeValue(forKey: id)
            state = .shut(waiters: waiters, nextID: nextID)
            return waiter
        }
        waiter?.resume(throwing: CancellationError())
    }
}
