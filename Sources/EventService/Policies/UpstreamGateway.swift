import NIOCore
import Resilience
import Synchronization

/// The only way to the events API: every call passes its route's breaker, retries and time-outs, and is remembered.
///
/// From the outside in: retry, breaker, time-out of the attempt. Every attempt is admitted and counted, and a breaker
/// that opens ends the retries.
final class UpstreamGateway: Sendable {
    /// Counts what requests for many answers at once read through here.
    let fanOut = FanOutMeter()

    private let api: any EventsAPI
    let guards: [UpstreamRoute: RouteGuard]
    private let policies: Mutex<CallPolicies>
    private let clock: any Clock<Duration>
    private let time: WallClock
    private let log: ServiceLog

    init(
        api: any EventsAPI,
        guards: [UpstreamRoute: RouteGuard],
        policies: CallPolicies,
        clock: any Clock<Duration>,
        time: WallClock,
        log: ServiceLog
    ) {
        self.api = api
        self.guards = guards
        self.policies = Mutex(policies)
        self.clock = clock
        self.time = time
        self.log = log
    }

    /// Replaces the policies of calls that begin from now on.
    func replace(_ policies: CallPolicies) {
        self.policies.withLock { $0 = policies }
    }

    var attemptTimeout: Duration { policies.withLock { $0.attemptTimeout } }

    /// Makes a call under all its policies.
    /// - Parameter preflight: What must succeed before the call is made but after the breaker let it through, so that
    ///   nothing at all is sent upstream for a call that the breaker holds back. Once it has, retries skip it.
    /// - Parameter attemptFailed: Told why each attempt failed that was made.
    /// - Throws: `ServiceError`, whatever `preflight` throws, or `CancellationError`.
    func perform(
        _ call: UpstreamCall,
        for context: CallContext,
        preflight: (() async throws -> Void)? = nil,
        attemptFailed: (UpstreamError) -> Void = { _ in }
    ) async throws -> ByteBuffer {
        let route = guardian(of: call.route)
        var preflight = preflight
        var isRetry = false
        do {
            let retry = policies.withLock { $0.retry(of: call.route) }
            let body = try await retry.run(
                classify: RouteGuard.decision,
                onAttempt: { isRetry = $0 > 1 }
            ) {
                try await attempt(call, route, context, isRetry: isRetry, &preflight, attemptFailed)
            }
            route.meter.callEnded(.success)
            return body
        } catch {
            route.meter.callEnded(CallOutcome(ofCall: error))
            switch error {
            case let rejection as CircuitBreaker.Rejection: throw explain(rejection, of: call)
            case let error as UpstreamError: throw explain(error, from: call, breaker: route.breaker)
            default: throw error
            }
        }
    }

    /// Makes a call once, if its breaker lets it through: whoever asks tries again by rules of their own.
    /// - Throws: `CircuitBreaker.Rejection` or `UpstreamError`.
    func attempt(_ call: UpstreamCall, for context: CallContext) async throws -> ByteBuffer {
        let route = guardian(of: call.route)
        var preflight: (() async throws -> Void)?
        do {
            let body = try await attempt(call, route, context, isRetry: false, &preflight) { _ in }
            route.meter.callEnded(.success)
            return body
        } catch {
            route.meter.callEnded(CallOutcome(ofCall: error))
            throw error
        }
    }

    /// Why a call that would be made now is held back; `nil` where it may pass.
    ///
    /// Spares a call that an open breaker holds back anyway everything that `perform` does before it comes to that.
    func rejectIfOpen(_ call: UpstreamCall) -> ServiceError? {
        let route = guardian(of: call.route)
        guard let rejection = route.breaker.rejectIfOpen() else { return nil }
        route.meter.callEnded(CallOutcome(ofCall: rejection))
        log.recorder.rejected(call.route, at: time.now)
        return explain(rejection, of: call)
    }

    private func attempt(
        _ call: UpstreamCall,
        _ route: RouteGuard,
        _ context: CallContext,
        isRetry: Bool,
        _ preflight: inout (() async throws -> Void)?,
        _ attemptFailed: (UpstreamError) -> Void
    ) async throws -> ByteBuffer {
        switch route.breaker.admit() {
        case .rejected(let rejection):
            log.recorder.rejected(call.route, at: time.now)
            throw rejection
        case .admitted(let permit):
            let isProbe = permit.isProbe
            if isProbe { log.recorder.breakerMoved() }
            do {
                try await preflight?()
            } catch {
                // The call was never made and says nothing.
                settle(permit, as: .ignored)
                throw error
            }
            preflight = nil
            let start = time.uptime
            route.meter.attemptBegan(isRetry: isRetry)
            do throws(UpstreamError) {
                let body = try await answer(call, context, start: start)
                let duration = time.uptime - start
                route.meter.attemptEnded(.success, after: duration)
                // Recorded first, so that the timeline has a cause before its effect on the breaker.
                log.recorder.succeeded(call.route, isProbe: isProbe, duration: duration, at: time.now)
                settle(permit, as: .success)
                return body
            } catch {
                route.meter.attemptEnded(CallOutcome(error), after: time.uptime - start)
                record(error, of: call, isProbe: isProbe, start: start, context)
                settle(permit, as: error.breakerOutcome)
                attemptFailed(error)
                throw error
            }
        }
    }

    private func settle(_ permit: consuming CircuitBreaker.Permit, as outcome: CircuitBreaker.Outcome) {
        permit.settle(outcome)
        log.recorder.breakerMoved()
    }

    private func answer(
        _ call: UpstreamCall,
        _ context: CallContext,
        start: Duration
    ) async throws(UpstreamError) -> ByteBuffer {
        context.countAttempt()
        let timeout = attemptTimeout
        do {
            return try await withTimeout(timeout, clock: clock) { [api] in
                try await api.answer(to: call, for: context)
            }
        } catch {
            switch error {
            case let error as UpstreamError:
                throw Task.isCancelled ? cutOff(after: time.uptime - start, of: timeout) : error
            case is TimeoutError: throw .timedOut(after: timeout)
            default: throw cutOff(after: time.uptime - start, of: timeout)
            }
        }
    }

    /// What an attempt that was cancelled says: if it was for the request's deadline, and the attempt had had half the time
    /// that it might have had, that it took too long; else nothing, because the caller left or it had hardly begun.
    private func cutOff(after duration: Duration, of timeout: Duration) -> UpstreamError {
        guard let deadline = Deadline.current, deadline.isOver else { return .cancelled }
        return duration * 2 >= min(timeout, deadline.limit) ? .timedOut(after: duration) : .cancelled
    }

    private func record(
        _ error: UpstreamError,
        of call: UpstreamCall,
        isProbe: Bool,
        start: Duration,
        _ context: CallContext
    ) {
        let duration = time.uptime - start
        switch error.breakerOutcome {
        case .success: log.recorder.succeeded(call.route, isProbe: isProbe, duration: duration, at: time.now)
        case .ignored:
            if error == .outOfDescriptors { log.notSent(call.route, error, requestID: context.requestID) }
        case .failure:
            let failure = CallFailure(
                message: error.description,
                duration: duration,
                isProbe: isProbe,
                requestID: context.requestID
            )
            log.failed(call.route, failure, at: time.now)
        }
    }

    /// A rejected call's error.
    ///
    /// While a probe is under way the breaker only knows when it gives the probe up; its answer is there or its attempt over
    /// long before that.
    private func explain(_ rejection: CircuitBreaker.Rejection, of call: UpstreamCall) -> ServiceError {
        var result = ServiceError(rejection, on: call.route)
        if rejection.state == .halfOpen { result.retryAfter = result.retryAfter.map { min($0, attemptTimeout) } }
        return result
    }

    /// A failed call's error, with what the breaker knows about when it is worth asking again.
    private func explain(_ error: UpstreamError, from call: UpstreamCall, breaker: CircuitBreaker) -> ServiceError {
        var result = ServiceError(error, from: call)
        guard case .failure = error.breakerOutcome else { return result }
        let snapshot = breaker.snapshot()
        result.breakerState = BreakerStatus.State(snapshot.state)
        if let wait = snapshot.timeUntilProbe { result.retryAfter = max(wait, result.retryAfter ?? .zero) }
        return result
    }

    /// The policies around a route.
    func guardian(of route: UpstreamRoute) -> RouteGuard {
        guard let guardian = guards[route] else { preconditionFailure("every route has its policies from the start") }
        return guardian
    }
}
