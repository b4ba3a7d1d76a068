/// The order in which the results of a fan-out come.
public enum FanOutOrder: Sendable, CaseIterable {
    /// Each as soon as it is there.
    case completion
    /// In the order of the elements: a result waits until all before it were taken.
    case elements
}

/// Does something for every element, a limited number at a time, and hands out the results while the rest goes on.
///
/// ```swift
/// try await withFanOut(over: eventIDs, limit: 50) { id in
///     try await client.fetchEvent(id)
/// } consume: { events in
///     for try await event in events { try await response.write(event) }
/// }
/// ```
///
/// The first `limit` operations begin when the first result is asked for, and one more begins with each result that is
/// taken. So at most `limit` results are under way or wait to be taken, however slow the consumer is, in the order of the
/// elements as well; memory is bounded by that, and not by the number of elements. They are taken from the sequence only as
/// operations begin, in the consumer's task: a lazy or endless sequence is no problem.
///
/// Everything has ended when this returns or throws. What ends it early:
/// - **A failure** of an operation cancels the others at once, also while the consumer is busy with a result; nothing else
///   begins. It is what the consumer's next request for a result throws, before results that wait.
/// - **A consumer that returns or throws** before the last result cancels the operations that are under way. Whatever
///   becomes of them is dropped.
/// - **A cancelled caller** cancels all. The consumer's next request throws `CancellationError`, unless the last result was
///   taken; one that waits does so when the operation that it waits for has ended, or any other has failed.
///
/// - Parameters:
///   - elements: What to do it for.
///   - limit: The most operations under way at once, and results that wait; 1 or more.
///   - order: The order of the results; as they are there by default.
///   - isolation: The actor that the elements are taken on, and that the consumer runs on; the caller's by default.
///   - operation: What to do, in a child task for each element: task-local values and priority are the caller's.
///   - consume: Gets the results.
/// - Returns: What `consume` returned.
/// - Throws: What `consume` threw; so a failure of an operation, unless `consume` catches it or returns without asking.
public func withFanOut<Elements: Sequence, Output: Sendable, Return>(
    over elements: Elements,
    limit: Int,
    order: FanOutOrder = .completion,
    isolation: isolated (any Actor)? = #isolation,
    operation: @escaping @Sendable (Elements.Element) async throws -> Output,
    consume: (FanOut<Output>) async throws -> Return
) async throws -> Return where Elements.Element: Sendable {
    precondition(limit >= 1, "the limit of a fan-out must be 1 or more")
    var result: Result<Return, any Error>?
    do {
        // A discarding group, because it cancels the others as soon as one fails, and not when somebody asks.
        try await withThrowingDiscardingTaskGroup { group in
            _ = isolation  // Keeps the group's body, and so the consumer, on the caller's actor.
            let results = FanOut(over: elements, limit: limit, order: order, in: group, operation: operation)
            do {
                result = .success(try await consume(results))
            } catch {
                result = .failure(error)
            }
            results.close()
            group.cancelAll()
        }
    } catch {
        // An operation's failure. The consumer had it, or didn't want it.
    }
    guard let result else { preconditionFailure("a group ends after its body") }
    return try result.get()
}

/// Does something for every element, a limited number at a time, and hands out what became of each while the rest goes on.
///
/// Like ``withFanOut(over:limit:order:isolation:operation:consume:)``, but a failure stops nothing and is a result like any other;
/// and each result comes with its element, since nothing else says in the order of completion what failed.
///
/// - Parameters:
///   - elements: What to do it for.
///   - limit: The most operations under way at once, and results that wait; 1 or more.
///   - order: The order of the results; as they are there by default.
///   - isolation: The actor that the elements are taken on, and that the consumer runs on; the caller's by default.
///   - operation: What to do, in a child task for each element: task-local values and priority are the caller's.
///   - consume: Gets the results.
/// - Returns: What `consume` returned.
/// - Throws: What `consume` threw; so `CancellationError` if the caller is cancelled before the last result was taken.
public func withFanOutResults<Elements: Sequence, Output: Sendable, Return>(
    over elements: Elements,
    limit: Int,
    order: FanOutOrder = .completion,
    isolation: isolated (any Actor)? = #isolation,
    operation: @escaping @Sendable (Elements.Element) async throws -> Output,
    consume: (FanOut<(element: Elements.Element, result: Result<Output, any Error>)>) async throws -> Return
) async throws -> Return where Elements.Element: Sendable {
    try await withFanOut(over: elements, limit: limit, order: order, isolation: isolation) { element in
        do {
            return (element: element, result: .success(try await operation(element)))
        } catch {
            return (element: element, result: .failure(error))
        }
    } consume: {
        try await consume($0)
    }
}
