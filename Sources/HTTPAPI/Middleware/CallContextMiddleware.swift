import EventService
import HTTPTypes
import Hummingbird
import Logging

/// Gives a request its identifier and its trace, returns them with the answer, and logs the request with what it cost.
struct CallContextMiddleware: RouterMiddleware {
    let service: EventService

    func handle(
        _ request: Request,
        context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        // Hummingbird numbers requests too; one identifier a request is enough.
        context.logger[metadataKey: "hb.request.id"] = nil
        let requestID = request.headers[.requestID].flatMap(RequestIdentifier.accepted) ?? RequestIdentifier.make()
        let trace = TraceContext(parent: request.headers[.traceParent], state: request.headers[.traceState])
        context.call = CallContext(requestID: requestID, traceParent: trace.parent, traceState: trace.state)

        let start = ContinuousClock.now
        var response = try await next(request, context)
        response.headers[.requestID] = requestID
        response.headers.append(contentsOf: context.admission.fields)
        // Whoever keeps the connection would find it closed under the next request.
        if service.phase == .draining { response.headers[.connection] = "close" }
        response.headers[.traceParent] = trace.parent
        log(request, response, context, trace, duration: ContinuousClock.now - start)
        return response
    }

    /// One line a request; neither query nor body is logged, since both may carry what nobody should read in a log.
    private func log(
        _ request: Request,
        _ response: Response,
        _ context: APIContext,
        _ trace: TraceContext,
        duration: Duration
    ) {
        var metadata: Logger.Metadata = [
            "request_id": "\(context.call.requestID)",
            "trace_id": "\(trace.traceID)",
            "method": "\(request.method.rawValue)",
            "route": "\(context.endpointPath ?? "-")",
            "status": "\(response.status.code)",
            "duration_ms": "\(duration.milliseconds)",
            "upstream_attempts": "\(context.call.upstreamAttempts)",
        ]
        if let client = context.admission.client { metadata["client"] = "\(client)" }
        context.logger.info("Request answered", metadata: metadata)
    }
}
