import Logging
import Resilience

import struct Foundation.Date

/// Remembers and logs what goes wrong on the routes of the events API, and what their breakers make of it.
struct ServiceLog: Sendable {
    let recorder: Recorder
    let logger: Logger

    func failed(_ route: UpstreamRoute, _ failure: CallFailure, at date: Date) {
        recorder.failed(route, failure, at: date)
        logger.warning(
            "Call to the events API failed",
            metadata: [
                "route": "\(route.rawValue)",
                "reason": "\(failure.message)",
                "duration_ms": .stringConvertible(failure.duration.milliseconds),
                "probe": .stringConvertible(failure.isProbe),
                "request_id": "\(failure.requestID)",
            ]
        )
    }

    /// Says what kept a call from being made that is no fault of the events API, and so stands in no timeline.
    func notSent(_ route: UpstreamRoute, _ error: UpstreamError, requestID: String) {
        logger.error(
            "Call to the events API could not be made",
            metadata: ["route": "\(route.rawValue)", "reason": "\(error)", "request_id": "\(requestID)"]
        )
    }

    func changed(_ transition: CircuitBreaker.Transition, on route: UpstreamRoute, at date: Date) {
        let change = StateChange(
            from: BreakerStatus.State(transition.from),
            to: BreakerStatus.State(transition.to),
            reason: transition.reason.words,
            wait: transition.wait
        )
        recorder.changed(route, change, at: date)
        logger.notice(
            "Circuit breaker changed its state",
            metadata: [
                "route": "\(route.rawValue)",
                "from": "\(change.from.rawValue)",
                "to": "\(change.to.rawValue)",
                "reason": "\(change.reason)",
                "wait_ms": .stringConvertible(change.wait?.milliseconds ?? 0),
            ]
        )
    }
}

extension CircuitBreaker.Transition.Reason {
    /// The reason in words for an operator.
    var words: String {
        switch self {
        case .failureThreshold: "too many failures"
        case .failureRate: "the share of failures is too high"
        case .slowCallRate: "the share of slow calls is too high"
        case .probeFailed: "the probe failed"
        case .probeTimedOut: "the probe got no answer"
        case .probeSucceeded: "the probe succeeded"
        case .waitElapsed: "the wait is over"
        case .operatorReset: "reset by the operator"
        case .operatorProbe: "probed by the operator"
        case .forcedOpen: "forced open by the operator"
        case .disabled: "disabled by the operator"
        case .automatic: "set back to automatic"
        }
    }
}
