/// Calls again what failed, with growing random waits, as long as that can help.
///
/// Put it *around* the circuit breaker, so that the breaker admits and counts every attempt, and only around calls that
/// may safely be made twice.
///
/// ```swift
/// let retry = try Retry(maximumRetries: 3, backoff: Backoff(base: .milliseconds(500), cap: .seconds(5)))
/// let orders = try await retry.run(classify: { $0 is TimeoutError ? .retry() : .stop }) {
///     try await breaker.run { try await client.fetchOrders() }
/// }
/// ```
///
/// It stops, with the last error that the operation really had,
/// - after ``maximumRetries`` retries,
/// - when the caller's classification says so,
/// - when the next wait would end after the deadline: nobody would be there to hear the answer,
/// - when the ``RetryBudget`` has no place for another retry,
/// - when a circuit breaker rejects an attempt. Only if that was the first attempt, the ``CircuitBreaker/Rejection``
///   itself is thrown.
///
/// In a cancelled task it makes no further attempt and throws `CancellationError`.
public struct Retry: Sendable {
    /// Attempts after the first; 0 or more.
    public let maximumRetries: Int
    /// The waits between attempts.
    public let backoff: Backoff
    /// What retries are taken from, if they are limited.
    public let budget: RetryBudget?

    private let clock: ErasedClock
    private let random: RandomSource

    /// What to do about an error.
    public enum Decision: Sendable, Equatable {
        /// Try again, and not before `after` has passed: what the upstream asked for with `Retry-After`.
        case retry(after: Duration? = nil)
        /// Give up with this error.
        case stop
    }

    /// Makes a policy; it has no state but its budget's, so one value serves any number of calls at once.
    ///
    /// - Parameters:
    ///   - maximumRetries: Attempts after the first; 0 or more.
    ///   - backoff: The waits between attempts.
    ///   - budget: What retries are taken from; it may be shared with other policies. Without one they are not limited.
    ///   - clock: What to wait on.
    ///   - random: Where the jitter of the waits comes from.
    /// - Throws: ``InvalidConfiguration`` if `maximumRetries` is negative.
    public init(
        maximumRetries: Int,
        backoff: Backoff,
        budget: RetryBudget? = nil,
        clock: some Clock<Duration> = ContinuousClock(),
        random: RandomSource = .system
    ) throws(InvalidConfiguration) {
        try require(maximumRetries >= 0, "maximumRetries", maximumRetries, allowed: "0 or more")
        self.maximumRetries = maximumRetries
        self.backoff = backoff
        self.budget = budget
        self.clock = ErasedClock(clock)
        self.random = random
    }

    /// Makes a call, and makes it again while that can help.
    ///
    /// Stays on the caller's actor; neither the operation nor its result needs to be sendable.
    ///
    /// - Parameters:
    ///   - deadline: When the answer is needed; ``Deadline/current`` by default. No wait ends after it. It doesn't end an
    ///     attempt: that is what ``withDeadline(_:operation:)`` is for.
    ///   - classify: Says for an error whether to try again. Not asked about a breaker's rejection and cancellation, and
    ///     not after the last attempt.
    ///   - onAttempt: Called right before each attempt with its number, 1 for the first.
    ///   - operation: The call.
    /// - Returns: What the first successful attempt returned.
    /// - Throws: See ``Retry``.
    public func run<T>(
        deadline: Deadline? = Deadline.current,
        classify: (any Error) -> Decision,
        onAttempt: (_ number: Int) -> Void = { _ in },
        _ operation: () async throws -> T
    ) async throws -> T {
        var lastError: (any Error)?
        var attempt = 1
        try Task.checkCancellation()
        while true {
            onAttempt(attempt)
            do {
                let value = try await operation()
                count(attempt, wasMade: true)
                return value
            } catch let rejection as CircuitBreaker.Rejection {
                count(attempt, wasMade: false)
                if Task.isCancelled { throw CancellationError() }
                throw lastError ?? rejection
            } catch {
                count(attempt, wasMade: true)
                if Task.isCancelled || error is CancellationError { throw CancellationError() }
                guard let wait = wait(after: attempt, error, deadline, classify) else { throw error }
                guard budget?.takePlace() ?? true else { throw error }
                lastError = error
                try await waitForRetry(wait)
                attempt += 1
            }
        }
    }

    /// Tells the budget of an attempt that ended.
    ///
    /// What a breaker rejected was no request, and a retry that it rejected needs no place: else an outage would leave behind
    /// a budget as large as the number of rejections.
    private func count(_ attempt: Int, wasMade: Bool) {
        guard let budget else { return }
        switch (attempt, wasMade) {
        case (1, true): budget.countRequest()
        case (1, false): break
        case (_, true): budget.usePlace()
        case (_, false): budget.giveBackPlace()
        }
    }

    /// Waits with a place in the budget, and gives it back if there won't be a retry.
    private func waitForRetry(_ wait: Duration) async throws {
        do {
            if wait > .zero { try await clock.sleep(for: wait.saturatedNanoseconds) }
            try Task.checkCancellation()
        } catch {
            budget?.giveBackPlace()
            throw error
        }
    }

    /// The wait before the next attempt, `nil` if there is to be none.
    private func wait(
        after attempt: Int,
        _ error: any Error,
        _ deadline: Deadline?,
        _ classify: (any Error) -> Decision
    ) -> Duration? {
        guard attempt <= maximumRetries else { return nil }
        switch classify(error) {
        case .stop:
            return nil
        case .retry(let after):
            let wait = max(backoff.delay(beforeRetry: attempt, random: random), after ?? .zero)
            if let deadline, wait > deadline.remaining { return nil }
            return wait
        }
    }
}
