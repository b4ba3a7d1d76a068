import Synchronization

/// Does the same thing once for all who ask for it at the same time.
///
/// Put one in front of what is expensive and the same for everybody: filling a cache, refreshing a token.
///
/// ```swift
/// let flights = SingleFlight<UserID, Profile>()
/// let profile = try await flights.run(userID) {
///     try await client.fetchProfile(userID)
/// }
/// ```
///
/// - A caller that finds its key's work under way waits for it and gets its value or its error; its own operation is not
///   run. Otherwise its operation is the work. Nothing is remembered: when the work has ended, the next caller starts anew.
/// - A caller that is cancelled gets `CancellationError` at once, and the others go on waiting, also if it was the one
///   that started the work. When the last one leaves, the work is cancelled. From that moment on a caller starts anew,
///   even if the cancelled work takes its time to end.
/// - ``invalidate(_:)`` says that what the work will return is out of date: those who wait still get it, callers that come
///   later start anew. So the work of one key may be under way more than once, but only after an invalidation or when
///   cancelled work goes on.
/// - No key waits for another.
///
/// ## What the work inherits
///
/// It runs in an unstructured task of its own, on no actor, because it may outlive the caller that started it.
///
/// - **Task-local values** are those of the caller that started it, such as a trace's span, with one exception:
/// - **``Deadline/current`` is `nil`.** One caller's deadline must not end, nor keep from a retry, what others with more
///   time wait for. A deadline ends the waiting of the caller that has it, since ``withDeadline(_:operation:)`` cancels
///   that caller; so the work ends with the last deadline of those who wait. Work that needs a limit of its own sets one
///   inside.
/// - **Priority** is that of the caller that started it, and rises to that of a more urgent caller that joins. It doesn't
///   fall when that caller leaves, and doesn't follow a caller whose own priority rises while it waits. Before macOS 26
///   the runtime can't raise it.
///
/// Work must not wait for its own key: it would wait for itself until it is cancelled.
///
/// All functions may be called from any thread. Memory is bounded by the number of callers that wait: nothing is kept of a
/// key without work, nor of one that nobody waits for. `==` and `hash(into:)` of the keys are called with a lock held.
public final class SingleFlight<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    typealias Machine = SingleFlightMachine<Key, CheckedContinuation<Value, any Error>, Task<Void, Never>>

    private let machine = Mutex(Machine())
    private let nextCaller = Atomic<Machine.ID>(0)

    /// Nothing is under way.
    public init() {}

    /// Waits for the work of a key, and starts it if there is none that can be joined.
    ///
    /// - Parameters:
    ///   - key: What the work is about: callers of equal keys share it.
    ///   - operation: The work. It must do the same for equal keys, whoever calls.
    /// - Returns: What the work returned that was under way, or was started by this call.
    /// - Throws: What that work threw; `CancellationError` as soon as the caller is cancelled. A caller that already was
    ///   starts nothing.
    public func run(_ key: Key, operation: @escaping @Sendable () async throws -> Value) async throws -> Value {
        let caller = nextCaller.wrappingAdd(1, ordering: .relaxed).oldValue
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { join(key, as: caller, waiter: $0, operation) }
        } onCancel: {
            leave(caller)
        }
    }

    /// Makes later callers of a key start anew, though its work may be under way.
    ///
    /// Those who wait for that work keep waiting for it, and it is still cancelled when the last of them leaves. Every
    /// call that begins after this has returned gets the result of work that began after it was called.
    public func invalidate(_ key: Key) {
        machine.withLock { $0.invalidate(key) }
    }

    /// Makes later callers start anew, whatever their key: ``invalidate(_:)`` for all keys at one moment.
    public func invalidateAll() {
        machine.withLock { $0.invalidateAll() }
    }

    /// What is kept at the moment.
    var kept: (keys: Int, runs: Int, waiters: Int) {
        machine.withLock { ($0.current.count, $0.runs.count, $0.runOfWaiter.count) }
    }

    private func join(
        _ key: Key,
        as caller: Machine.ID,
        waiter: CheckedContinuation<Value, any Error>,
        _ operation: @escaping @Sendable () async throws -> Value
    ) {
        let priority = Task.currentPriority
        let arrival = machine.withLock { machine in
            // Cancellation sets the task's flag before it runs the handler, and the handler takes the same lock: so
            // either the flag is seen here or the handler finds the waiter.
            Task.isCancelled ? nil : machine.join(key, as: caller, waiter: waiter, priority: priority)
        }
        switch arrival {
        case .start: start(operation, as: caller, priority: priority)
        case .join(let work): work?.escalate(to: priority)
        case nil: waiter.resume(throwing: CancellationError())
        }
    }

    /// Starts the work of a run, and cancels it at once if the last caller has left between its arrival and now.
    func start(
        _ operation: @escaping @Sendable () async throws -> Value,
        as run: Machine.ID,
        priority: TaskPriority
    ) {
        let work = Deadline.$current.withValue(nil) {
            Task(priority: priority) {
                let result: Result<Value, any Error>
                do {
                    result = .success(try await operation())
                } catch {
                    result = .failure(error)
                }
                end(run, with: result)
            }
        }
        switch machine.withLock({ $0.attach(work, to: run, startedWith: priority) }) {
        case .kept(let escalation): if let escalation { work.escalate(to: escalation) }
        case .unwanted: work.cancel()
        }
    }

    private func end(_ run: Machine.ID, with result: Result<Value, any Error>) {
        guard let ended = machine.withLock({ $0.end(run) }) else { return }
        for waiter in ended.waiters.values { waiter.resume(with: result) }
    }

    private func leave(_ caller: Machine.ID) {
        guard let departure = machine.withLock({ $0.leave(caller) }) else { return }
        departure.abandoned?.work?.cancel()
        departure.waiter.resume(throwing: CancellationError())
    }
}

extension Task {
    /// Makes the task at least this urgent, where the runtime can.
    fileprivate func escalate(to priority: TaskPriority) {
        if #available(macOS 26, iOS 26, tvOS 26, watchOS 26, visionOS 26, *) {
            escalatePriority(to: priority)
        }
    }
}
