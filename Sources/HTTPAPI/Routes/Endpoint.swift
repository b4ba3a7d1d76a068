import HTTPTypes
import Hummingbird

/// A route as a value: the router, the `Allow` header and the OpenAPI document are all made from it.
struct Endpoint {
    typealias Handler = @Sendable (Request, APIContext) async throws -> Response

    var method: HTTPRequest.Method
    /// The path, with `{name}` for a segment that varies.
    var path: String
    var operation: Operation
    /// Whether a query parameter that the operation doesn't name is refused before it is handled.
    ///
    /// A list reads its own parameters and names everything that is wrong with them at once.
    var refusesUnknownParameters = true
    /// Whether machines ask every few seconds, so that a line in the log is of use only to whoever looks for a fault.
    var isPolled = false
    var handle: Handler

    static func get(_ path: String, _ operation: Operation, handle: @escaping Handler) -> Endpoint {
        Endpoint(method: .get, path: path, operation: operation, handle: handle)
    }

    static func post(_ path: String, _ operation: Operation, handle: @escaping Handler) -> Endpoint {
        Endpoint(method: .post, path: path, operation: operation, handle: handle)
    }

    static func put(_ path: String, _ operation: Operation, handle: @escaping Handler) -> Endpoint {
        Endpoint(method: .put, path: path, operation: operation, handle: handle)
    }

    static func delete(_ path: String, _ operation: Operation, handle: @escaping Handler) -> Endpoint {
        Endpoint(method: .delete, path: path, operation: operation, handle: handle)
    }

    /// This endpoint, as one that machines ask every few seconds.
    var polled: Endpoint {
        var endpoint = self
        endpoint.isPolled = true
        return endpoint
    }

    /// An endpoint of a list, which reads its parameters itself.
    static func list(_ path: String, _ operation: Operation, handle: @escaping Handler) -> Endpoint {
        Endpoint(method: .get, path: path, operation: operation, refusesUnknownParameters: false, handle: handle)
    }

    /// Answers a request.
    func answer(_ request: Request, _ context: APIContext) async throws -> Response {
        if refusesUnknownParameters { try request.checkParameterNames(operation.queryParameters) }
        return try await handle(request, context)
    }
}

extension Router<APIContext> {
    /// Adds the endpoints, for whoever may use them; whoever may GET may ask for the head alone.
    func add(_ endpoints: [Endpoint], guardedBy accessControl: AccessControl) {
        for endpoint in endpoints {
            let path = RouterPath(endpoint.path)
            // What is kept is answered in some microseconds, and what isn't soon waits.
            let isPrompt = endpoint.operation.isCached
            let answer: Endpoint.Handler = { request, context in
                try accessControl.admit(request, to: endpoint.operation.access, context)
                if isPrompt || !context.isOnEventLoop { return try await endpoint.answer(request, context) }
                return try await inPool { try await endpoint.answer(request, context) }
            }
            on(path, method: endpoint.method, use: answer)
            guard endpoint.method == .get else { continue }
            on(path, method: .head) { request, context in
                let response = try await answer(request, context)
                return response.withoutBody
            }
        }
    }
}
