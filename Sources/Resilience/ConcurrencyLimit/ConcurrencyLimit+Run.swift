extension ConcurrencyLimit {
    /// Makes a call if there is a place for it, and tells the limit how it ended.
    ///
    /// Stays on the caller's actor; neither the operation nor its result needs to be sendable.
    ///
    /// - Parameters:
    ///   - classify: Says what a result means for the limit; ``Outcome/standard(for:)`` by default. Called once, right
    ///     after the operation.
    ///   - operation: The call.
    /// - Returns: What the operation returned, however it was classified.
    /// - Throws: ``Rejection`` if the call was not let through, else what the operation threw.
    @inlinable
    public func run<T>(
        classify: (Result<T, any Error>) -> Outcome = { Outcome.standard(for: $0) },
        _ operation: () async throws -> T
    ) async throws -> T {
        // Inlinable, so that other modules specialise it for `T`.
        switch admit() {
        case .rejected(let rejection):
            throw rejection
        case .admitted(let permit):
            let result: Result<T, any Error>
            do {
                result = .success(try await operation())
            } catch {
                result = .failure(error)
            }
            permit.settle(classify(result))
            return try result.get()
        }
    }
}

extension ConcurrencyLimit.Outcome {
    /// The classification for calls that have no better one.
    ///
    /// A value is a success. A ``TimeoutError`` is an overload, unless the task was cancelled. Every other error is
    /// ignored: it may have come early, and its time would make what is called look fast.
    @inlinable
    public static func standard<T>(for result: Result<T, any Error>) -> ConcurrencyLimit.Outcome {
        switch result {
        case .success: .success
        case .failure(let error): error is TimeoutError && !Task.isCancelled ? .overload : .ignored
        }
    }
}
