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
///   - operation: What to do, in a child task: task-local values and priority are the caller's.
/// - Returns: What the operation returned.
/// - Throws: ``TimeoutError`` if the operation threw after the time was over, else what it threw.
public func withTimeout<T: Sendable>(
    _ limit: Duration,
    clock: some Clock<Duration> = ContinuousClock(),
    operation: @escaping @Sendable () async throws -> T
) async throws -> T {
    let error = TimeoutError(limit: limit)
    guard limit > .zero else { throw error }
    let end = clock.now.advanced(by: limit)
    return try await race(operation, against: { try await clock.sleep(until: end, tolerance: nil) }, throwing: error)
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
///   - operation: What to do, in a child task: task-local values and priority are the caller's.
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
        try await race(operation, against: { try await deadline.sleep() }, throwing: error)
    }
}

private enum RaceEvent<T: Sendable>: Sendable {
    case ended(Result<T, any Error>)
    case timeOver
    case timerCancelled
}

/// Runs the operation and a timer as children of one group, so that neither outlives the call.
private func race<T: Sendable>(
    _ operation: @escaping @Sendable () async throws -> T,
    against timer: @escaping @Sendable () async throws -> Void,
    throwing error: TimeoutError
) async throws -> T {
    let result = await withTaskGroup(of: RaceEvent<T>.self) { group -> Result<T, any Error> in
        group.addTask {
            do {
                return .ended(.success(try await operation()))
            } catch {
                return .ended(.failure(error))
            }
        }
        group.addTask {
            do {
                try await timer()
                return .timeOver
            } catch {
                return .timerCancelled
            }
        }
        var isTimeOver = false
        while let event = await group.next() {
            switch event {
            case .ended(.success(let value)):
                group.cancelAll()
                return .success(value)
            case .ended(.failure(let failure)):
                group.cancelAll()
                return .failure(isTimeOver ? error : failure)
            case .timeOver:
                isTimeOver = true
                group.cancelAll()
            case .timerCancelled:
                continue
            }
        }
        // Not reached: the operation reports its end before the group is empty.
        return .failure(error)
    }
    return try result.get()
}
