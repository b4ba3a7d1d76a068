import EventService
import HTTPTypes
import Hummingbird

/// The circuit breakers under `/v1`: to look at, and to step in.
struct BreakerRoutes {
    let service: EventService
    let body: JSONBody

    var endpoints: [Endpoint] {
        [
            .get("/v1/breakers", Self.listBreakers) { _, _ in
                let now = service.now
                return .json(encoding: service.breakers().map { BreakerRepresentation($0, at: now) })
            },
            .get("/v1/breakers/{name}", Self.getBreaker) { _, context in answer(try route(context)) },
            .put("/v1/breakers/{name}/mode", Self.setMode) { request, context in
                let route = try route(context)
                service.setMode(try BreakerStatus.Mode(checking: try await body.read(request)), of: route)
                return answer(route)
            },
            .post("/v1/breakers/{name}/reset", Self.reset) { _, context in
                let route = try route(context)
                service.reset(route)
                return answer(route)
            },
            .post("/v1/breakers/{name}/probe", Self.probe, handle: probe),
        ]
    }

    private func probe(_ request: Request, _ context: APIContext) throws -> Response {
        let route = try route(context)
        guard service.probeNow(route) else {
            let state = service.breaker(route).state.rawValue
            throw Problem(
                name: "not-open",
                status: .conflict,
                title: "The breaker isn't open",
                detail: "only an open breaker can be probed, and \(route.rawValue) is \(state)",
                circuitBreakerState: state
            )
        }
        return answer(route)
    }

    private func answer(_ route: UpstreamRoute) -> Response {
        .json(encoding: BreakerRepresentation(service.breaker(route), at: service.now))
    }

    private func route(_ context: APIContext) throws -> UpstreamRoute {
        guard let route = UpstreamRoute(rawValue: try context.segment("name")) else {
            let known = UpstreamRoute.allCases.map(\.rawValue).joined(separator: ", ")
            throw ServiceError(.notFound, message: "there is no such breaker: there are \(known)")
        }
        return route
    }
}
