import HTTPTypes
import Hummingbird

/// Counts requests that no route takes, which pass no route's access control, against the limit of their clients.
///
/// Who asks for a thousand paths that don't exist costs as much as who asks for one that does.
struct UnroutedRequestMiddleware: RouterMiddleware {
    let accessControl: AccessControl

    func handle(
        _ request: Request,
        context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        if context.endpointPath == nil { try accessControl.count(request, context) }
        return try await next(request, context)
    }
}
