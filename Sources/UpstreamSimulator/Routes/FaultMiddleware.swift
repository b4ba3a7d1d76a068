import Hummingbird
import Synchronization

/// Counts each request and lets it have what the scenario has decided for it.
struct FaultMiddleware: RouterMiddleware {
    let core: SimulatorCore
    let registry: ConnectionRegistry

    func handle(
        _ request: Request,
        context: SimulatorContext,
        next: @concurrent (Request, SimulatorContext) async throws -> Response
    ) async throws -> Response {
        guard let route = Route(path: request.uri.path) else { return try await next(request, context) }
        core.ledger.withLock { $0.begin(route) }
        let verdict = core.machine.withLock { $0.decide(route, now: core.time.now()) }
        var isAbandoned = true
        defer { core.ledger.withLock { $0.end(abandoned: isAbandoned) } }
        guard let connection = registry[context.channel] else { throw CancellationError() }
        do {
            let response = try await carryOut(verdict, request, route, connection) { try await next(request, context) }
            isAbandoned = false
            return response
        } catch let error where !(error is CancellationError) {
            isAbandoned = false
            throw error
        }
    }

    private func carryOut(
        _ verdict: Verdict,
        _ request: Request,
        _ route: Route,
        _ connection: Connection,
        serve: () async throws -> Response
    ) async throws -> Response {
        switch verdict {
        case .serve(let latency):
            try await connection.sleep(for: latency, on: core.time)
            return try await serve()
        case .refuse(let refusal):
            throw APIError(refusal)
        case .reset:
            try await connection.reset()
            throw ConnectionCut()
        case .resetMidway:
            return try await serve().cutMidway(connection)
        case .hang:
            for try await _ in request.body {}
            try await connection.hang()
            throw CancellationError()
        case .garbage(let kind):
            return try await garbage(kind, route: route, connection: connection)
        }
    }

    private func garbage(_ kind: GarbageKind, route: Route, connection: Connection) async throws -> Response {
        if kind == .notHTTP {
            try await connection.sendRaw(Garbage.notHTTP)
            throw ConnectionCut()
        }
        return Garbage.response(kind, route: route, oversizedBytes: core.oversizedBytes)
    }
}
