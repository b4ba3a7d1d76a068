extension CircuitBreaker {
    /// Makes a call if the breaker lets it, and tells the breaker how it ended.
    ///
    /// A failure's error is to be read in ``lastFailure``.
    ///
    /// Stays on the caller's actor; neither the operation nor its result needs to be sendable.
    ///
    /// - Parameters:
    ///   - classify: Says what a result means for the breaker; ``Outcome/standard(for:)`` by default. Called once, right
    ///     after the operation.
    ///   - operation: The call.
    /// - Returns: What the operation returned, however it was classified.
    /// - Throws: ``Rejection`` if the call was not let through, else what the operation threw.
    @inlinable
    public func run<T>(
        classify: (Result<T, any Error>) -> Outcome = { Outcome.standard(for: $0) },
        _ operation: () async throws -> T
    ) async throws -> T {
        // Inlinable, so that other modules specialise it for `T`: then it costs a tenth.
        switch admit() {
        case .rejected(let rejection):
            throw rejection
        case .admitted(let permit):
            do {
                let value = try await operation()
                permit.settle(classify(.success(value)))
                return value
            } catch {
                permit.settle(classify(.failure(error)), error: error)
                throw error
            }
        }
    }
}

extension CircuitBreaker.Outcome {
    /// The classification for calls that have no better one.
    ///
    /// A value is a success. A `CancellationError`, and any error in a task that was cancelled, is ignored: the caller
    /// gave up, which says nothing about what it called. So is a ``CallRefusal``: nothing was called. Every other error, a
    /// timeout included, is a failure.
    @inlinable
    public static func standard<T>(for result: Result<T, any Error>) -> CircuitBreaker.Outcome {
        switch result {
        case .success: .success
        case .failure(let error):
            error is CancellationError || error is any CallRefusal || Task.isCancelled ? .ignored : .failure()
        }
    }
}
