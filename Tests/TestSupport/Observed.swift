import Synchronization

/// A value that one side changes and the other waits for.
public final class Observed<Value: Sendable>: Sendable {
    private struct Observer {
        let condition: @Sendable (Value) -> Bool
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var value: Value
        var nextObserverID = 0
        var observers: [Int: Observer] = [:]
    }

    private let state: Mutex<State>

    /// Creates an observed value.
    public init(_ value: Value) {
        state = Mutex(State(value: value))
    }

    /// The value now.
    public var value: Value { state.withLock { $0.value } }

    /// Changes the value, and wakes those whose condition it meets now.
    @discardableResult
    public func change<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
        let (result, satisfied) = state.withLock { state in
            let result = body(&state.value)
            let satisfied = state.observers.filter { $0.value.condition(state.value) }
            for id in satisfied.keys { state.observers[id] = nil }
            return (result, Array(satisfied.values))
        }
        for observer in satisfied { observer.continuation.resume() }
        return result
    }

    /// Returns as soon as the value meets a condition.
    ///
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    public func wait(until condition: @escaping @Sendable (Value) -> Bool) async throws {
        let id = state.withLock { state in
            defer { state.nextObserverID += 1 }
            return state.nextObserverID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let result: Result<Void, any Error>? = state.withLock { state in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if condition(state.value) { return .success(()) }
                    state.observers[id] = Observer(condition: condition, continuation: continuation)
                    return nil
                }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            let observer = state.withLock { $0.observers.removeValue(forKey: id) }
            observer?.continuation.resume(throwing: CancellationError())
        }
    }
}
