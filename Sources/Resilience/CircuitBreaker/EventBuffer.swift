import Synchronization

/// The events that one subscriber hasn't read yet, and the tasks that wait for the next one.
///
/// Has a lock of its own, which is taken inside the breaker's, never around it: so reading doesn't hold up the breaker.
final class EventBuffer: Sendable {
    typealias Reader = CheckedContinuation<CircuitBreaker.Event?, Never>

    /// An event for a task that waits for it, to be resumed without a lock held.
    struct Delivery: Sendable {
        let reader: Reader
        let event: CircuitBreaker.Event

        func resume() {
            reader.resume(returning: event)
        }
    }

    private struct State {
        var events: DroppingQueue<CircuitBreaker.Event>
        /// Who waits, the longest first; nobody unless `events` is empty.
        var readers: [(id: UInt64, reader: Reader)] = []
        var nextID: UInt64 = 0
        var isFinished = false

        mutating func popFirst() -> CircuitBreaker.Event? {
            events.popFirst().map { event, dropped in
                var event = event
                event.dropped = dropped
                return event
            }
        }
    }

    private enum Step {
        case read(CircuitBreaker.Event?)
        case wait
    }

    private let state: Mutex<State>

    init(limit: Int) {
        self.state = Mutex(State(events: DroppingQueue(limit: limit)))
    }

    /// Events that are kept.
    var count: Int { state.withLock { $0.events.count } }

    /// Tasks that wait for an event.
    var waiting: Int { state.withLock { $0.readers.count } }

    /// Takes an event: for the task that has waited longest, or to keep it.
    func append(_ event: CircuitBreaker.Event) -> Delivery? {
        state.withLock { state in
            guard state.readers.isEmpty else {
                return Delivery(reader: state.readers.removeFirst().reader, event: event)
            }
            state.events.append(event)
            return nil
        }
    }

    /// The oldest event, as soon as there is one; `nil` if the task is cancelled or no event can come.
    func next() async -> CircuitBreaker.Event? {
        if Task.isCancelled { return nil }
        let (event, id) = state.withLock { state in
            defer { state.nextID &+= 1 }
            return (state.popFirst(), state.nextID)
        }
        if let event { return event }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { reader in
                // Cancellation sets the task's flag before it runs the handler, and the handler takes the same lock: so
                // either the flag is seen here or the handler finds the reader.
                let step: Step = state.withLock { state in
                    if Task.isCancelled { return .read(nil) }
                    if let event = state.popFirst() { return .read(event) }
                    if state.isFinished { return .read(nil) }
                    state.readers.append((id, reader))
                    return .wait
                }
                switch step {
                case .read(let event): reader.resume(returning: event)
                case .wait: break
                }
            }
        } onCancel: {
            let reader = state.withLock { state in
                state.readers.firstIndex { $0.id == id }.map { state.readers.remove(at: $0).reader }
            }
            reader?.resume(returning: nil)
        }
    }

    /// Says that no event will come any more.
    func finish() {
        let readers = state.withLock { state in
            state.isFinished = true
            defer { state.readers = [] }
            return state.readers
        }
        for (_, reader) in readers { reader.resume(returning: nil) }
    }
}
