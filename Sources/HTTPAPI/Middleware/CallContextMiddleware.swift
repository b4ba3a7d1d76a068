import EventService
import HTTPTypes
import Hummingbird
import Logging

/// Gives a request its identifier and its trace, returns them with the answer, and counts and logs the request with what it
/// cost.
struct CallContextMiddleware: RouterMiddleware {
    let service: EventService
    let meter: RequestMeter
    /// Without Hummingbird's own number of the request, since one identifier is enough.
    let logger: Logger

    func handle(
        _ request: Request,
        context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.logger = logger
        let trace = TraceContext(parent: request.headers[.traceParent], state: request.headers[.traceState])
        context.call = CallContext(
            requestID: request.headers[.requestID].flatMap(RequestIdentifier.accepted) ?? RequestIdentifier.make(),
            traceParent: trace.parent,
            traceState: trace.state
        )

        let start = service.uptime
        meter.began()
        defer { meter.ended() }
        var response = try await next(request, context)
        // Appended, because none is there yet: to set one is to look for it first.
        response.headers.append(HTTPField(name: .requestID, value: context.call.requestID))
        response.headers.append(HTTPField(name: .traceParent, value: trace.parent))
        response.headers.append(contentsOf: context.notes.current.fields)
        // Whoever keeps the connection would find it closed under the next request.
        if service.phase == .draining { response.headers[.connection] = "close" }
        tell(request, response, context, trace, duration: service.uptime - start)
        return response
    }

    private func tell(
        _ request: Request,
        _ response: Response,
        _ context: APIContext,
        _ trace: TraceContext,
        duration: Duration
    ) {
        let (route, level) = meter.count(request.method, context.endpointPath, response.status.code, duration)
        logger.log(
            level: level,
            "Request answered",
            metadata: RequestLog(
                context: context,
                trace: trace,
                method: request.method.rawValue,
                route: route,
                response: response,
                duration: duration,
                breakers: service.unclosedBreakers
            ).metadata
        )
    }
}
