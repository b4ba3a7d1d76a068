/// Gives an operation a limited time, and cancels it when that is over.
///
/// ```swift
/// let orders = try await withTimeout(.seconds(5)) {
///     try await client.fetchOrders()
/// }
/// ```
///
/// Returns or throws only when the operation has ended: nothing goes on in the background. So an operation that doesn't
/// react to cancellation also holds up its caller. If such an operation comes back with a value after all, the value is
/// returned: what was done is not thrown away.
///
/// If the caller is cancelled, so is the operation, and whatever it then returns or throws is the result.
///
/// - Parameters:
///   - limit: From the call on. With zero or less the operation is not started.
///   - clock: What to measure with.
///   - operation: What to do, in a task of its own: task-local values and priority are the caller's.
/// - Returns: What the operation returned.
/// - Throws: ``TimeoutError`` if the operation threw after the time was over, else what it threw.
public func withTimeout<T: Sendable>(
    _ limit: Duration,
    clock: some Clock<Duration> = ContinuousClock(),
    operation: @escaping @Sendable () async throws -> T
) async throws -> T {
    let error = TimeoutError(limit: limit)
    guard limit > .zero else { throw error }
    let clock = ErasedClock.sharing(clock)
    let end = clock.now().advanced(by: limit.saturatedNanoseconds)
    return try await withTimer({ clock.schedule(end, $0) }, throwing: error, operation: operation)
}

/// Gives an operation the time until a deadline, and cancels it then.
///
/// Inside the operation ``Deadline/current`` is the deadline, so that whatever it calls can see how much time is left;
/// ``Retry`` does. A deadline that was already set and ends earlier stays in force.
///
/// Otherwise like ``withTimeout(_:clock:operation:)``.
///
/// - Parameters:
///   - deadline: When the time is over. If it is over now, the operation is not started.
///   - operation: What to do, in a task of its own: task-local values and priority are the caller's.
/// - Returns: What the operation returned.
/// - Throws: ``TimeoutError`` of the kind ``TimeoutError/Kind/deadline`` if the operation threw after the time was over,
///   else what it threw.
public func withDeadline<T: Sendable>(
    _ deadline: Deadline,
    operation: @escaping @Sendable () async throws -> T
) async throws -> T {
    let deadline = deadline.orEarlier(Deadline.current)
    let error = TimeoutError(limit: deadline.limit, kind: .deadline)
    guard !deadline.isOver else { throw error }
    return try await Deadline.$current.withValue(deadline) {
        try await withTimer(deadline.schedule, throwing: error, operation: operation)
    }
}

/// Runs an operation in a task of its own, which is cancelled when a timer that `schedule` starts calls its argument.
private func withTimer<T: Sendable>(
    _ schedule: (@escaping @Sendable () -> Void) -> ScheduledCall,
    throwing error: TimeoutError,
    operation: @escaping @Sendable () async throws -> T
) async throws -> T {
    let isTimeOver = Flag()
    // A child task could not be cancelled from outside its group without a second one that waits for the time.
    let work = Task {
        do {
            return try await operation()
        } catch let failure {
            // Decided here, where the operation ends: the caller may be resumed much later.
            throw isTimeOver.isSet ? error : failure
        }
    }
    let timer = schedule {
        isTimeOver.set()
        work.cancel()
    }
    defer { timer.cancel() }
    return try await withTaskCancellationHandler {
        try await work.value
    } onCancel: {
        work.cancel()
    }
}
