import Resilience

extension ServiceError {
    /// What a call that failed, after all its retries, is to whoever asked.
    init(_ error: UpstreamError, from call: UpstreamCall) {
        let route = call.route
        switch error {
        case .overloaded(_, let retryAfter):
            self.init(.busy, message: "service busy", retryAfter: retryAfter, route: route)
        case .refused, .unreachable, .reset:
            self.init(.busy, message: "service busy", route: route)
        case .outOfDescriptors:
            self.init(
                .outOfDescriptors,
                message: "Evenkeel has as many files and connections open as it may, and can't ask the events API",
                route: route
            )
        case .timedOut(let limit):
            self.init(
                .timedOut,
                message: "the events API did not answer \(route.rawValue) within \(limit.words)",
                route: route
            )
        case .notFound, .unaddressable:
            self = Self.notFound(call)
        case .rejected(let status, let message) where call.route == .addEvent && error.statusOfRefusedEvent == status:
            let words = message.map { ": \($0)" } ?? ", without saying why"
            self.init(.refused(status: status), message: "the events API refused the event\(words)", route: route)
        case .rejected, .truncated, .unexpectedStatus, .malformed, .tooLarge, .invalidHTTP:
            self.init(
                .badUpstream,
                message: "bad answer from the events API to \(route.rawValue): \(error)",
                route: route
            )
        case .cancelled:
            self.init(.cancelled, message: "given up before the events API answered", route: route)
        }
    }

    /// What a call that the breaker held back is to whoever asked.
    init(_ rejection: CircuitBreaker.Rejection, on route: UpstreamRoute) {
        self.init(
            .circuitOpen,
            message: "service down, try later",
            retryAfter: rejection.retryAfter,
            breakerState: BreakerStatus.State(rejection.state),
            route: route
        )
    }

    private static func notFound(_ call: UpstreamCall) -> ServiceError {
        switch call {
        case .user(let id): ServiceError(.notFound, message: "there is no user \(id)", route: call.route)
        case .event(let id): ServiceError(.notFound, message: "there is no event \(id)", route: call.route)
        case .users, .events, .addEvent:
            ServiceError(
                .badUpstream,
                message: "the events API has no route \(call.route.rawValue): check EVENT_API_BASE_URL",
                route: call.route
            )
        }
    }
}

extension BreakerStatus.State {
    init(_ state: CircuitBreaker.State) {
        self =
            switch state {
            case .closed: .closed
            case .open: .open
            case .halfOpen: .halfOpen
            case .forcedOpen: .forcedOpen
            case .disabled: .disabled
            }
    }
}
