/// Does something for every element, a limited number at a time, and returns the results in the elements' order.
///
/// The limit is a sliding window: as soon as one operation ends, the next begins. Beyond the results it needs memory for
/// `limit` operations only; the elements are taken from the sequence as they are needed.
///
/// ```swift
/// let events = try await boundedFanOut(over: user.eventIDs, limit: 50) { id in
///     try await client.fetchEvent(id)
/// }
/// ```
///
/// The first failure cancels the operations under way, no other is started, and when all have ended the failure is
/// thrown. So it is when the caller is cancelled.
///
/// - Parameters:
///   - elements: What to do it for.
///   - limit: The most operations under way at once; 1 or more.
///   - isolation: The actor that the elements are taken on; the caller's by default.
///   - operation: What to do, in a child task for each element.
/// - Returns: One result for each element, in their order.
/// - Throws: The first failure, or `CancellationError` if the caller is cancelled while there are elements left.
public func boundedFanOut<Elements: Sequence, Output: Sendable>(
    over elements: Elements,
    limit: Int,
    isolation: isolated (any Actor)? = #isolation,
    operation: @escaping @Sendable (Elements.Element) async throws -> Output
) async throws -> [Output] where Elements.Element: Sendable {
    precondition(limit >= 1, "the limit of a fan-out must be 1 or more")
    return try await withThrowingTaskGroup(of: (Int, Output).self) { group in
        _ = isolation  // Keeps the group's body, and so the elements, on the caller's actor.
        var outputs: [Output?] = []
        outputs.reserveCapacity(elements.underestimatedCount)
        var remaining = elements.makeIterator()
        let hasFailed = Flag()
        func startNext() throws -> Bool {
            guard !hasFailed.isSet, let element = remaining.next() else { return false }
            try Task.checkCancellation()
            let index = outputs.count
            outputs.append(nil)
            group.addTask {
                do {
                    return (index, try await operation(element))
                } catch {
                    // Seen at once; the group hands the failure out only when its turn comes.
                    hasFailed.set()
                    throw error
                }
            }
            return true
        }
        while outputs.count < limit, try startNext() {}
        while let (index, output) = try await group.next() {
            outputs[index] = output
            _ = try startNext()
        }
        return outputs.compactMap { $0 }
    }
}

/// Does something for every element, a limited number at a time, and returns what became of each.
///
/// Like ``boundedFanOut(over:limit:isolation:operation:)``, but a failure stops nothing and is a result like any other.
///
/// If the caller is cancelled, so are the operations under way, and no other is started: the elements that are left
/// have `CancellationError` as their result.
///
/// - Parameters:
///   - elements: What to do it for.
///   - limit: The most operations under way at once; 1 or more.
///   - isolation: The actor that the elements are taken on; the caller's by default.
///   - operation: What to do, in a child task for each element.
/// - Returns: One result for each element, in their order.
public func boundedFanOutResults<Elements: Sequence, Output: Sendable>(
    over elements: Elements,
    limit: Int,
    isolation: isolated (any Actor)? = #isolation,
    operation: @escaping @Sendable (Elements.Element) async throws -> Output
) async -> [Result<Output, any Error>] where Elements.Element: Sendable {
    precondition(limit >= 1, "the limit of a fan-out must be 1 or more")
    return await withTaskGroup(of: (Int, Result<Output, any Error>).self) { group in
        _ = isolation  // As above.
        var results: [Result<Output, any Error>] = []
        results.reserveCapacity(elements.underestimatedCount)
        var underWay = 0
        for element in elements {
            // Until its operation has ended, an element's result is the one that it has if it is never started.
            let index = results.count
            results.append(.failure(CancellationError()))
            if underWay == limit, let (finished, result) = await group.next() {
                results[finished] = result
                underWay -= 1
            }
            guard !Task.isCancelled else { continue }
            underWay += 1
            group.addTask {
                do {
                    return (index, .success(try await operation(element)))
                } catch {
                    return (index, .failure(error))
                }
            }
        }
        while let (finished, result) = await group.next() {
            results[finished] = result
        }
        return results
    }
}
