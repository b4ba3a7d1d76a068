import Resilience

extension EventService {
    /// Runs the work of a whole request within its deadline and puts every error into the service's terms.
    func withinDeadline<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws(ServiceError) -> Value {
        try await within(Deadline(after: configuration.requestDeadline, clock: clock), work)
    }

    /// Runs work until a deadline and puts every error into the service's terms.
    func within<Value: Sendable>(
        _ deadline: Deadline,
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws(ServiceError) -> Value {
        do {
            return try await withDeadline(deadline, operation: work)
        } catch let error as ServiceError {
            throw error
        } catch let error as TimeoutError {
            throw ServiceError(.timedOut, message: "not done within \(error.limit.words)")
        } catch is CancellationError {
            throw .givenUp
        } catch {
            throw ServiceError(.badUpstream, message: "unexpected: \(error)")
        }
    }
}
