import EventService
import HTTPTypes
import Hummingbird
import Logging

/// Turns whatever a route threw into the one shape that errors have.
struct ProblemMiddleware: RouterMiddleware {
    let methods: MethodTable
    let maximumURILength: Int

    func handle(
        _ request: Request,
        context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        do {
            guard request.uri.string.utf8.count <= maximumURILength else {
                throw HTTPError(
                    .uriTooLong,
                    message: "the path with its query may have at most \(maximumURILength) bytes"
                )
            }
            return try await next(request, context)
        } catch {
            let problem = problem(of: error, request, context)
            context.notes.note { $0.problem = problem.name }
            let response = problem.response(requestID: context.call.requestID)
            // What has no route has nobody else who would leave the body out.
            return request.method == .head ? response.withoutBody : response
        }
    }

    private func problem(of error: any Error, _ request: Request, _ context: APIContext) -> Problem {
        switch error {
        case let problem as Problem:
            return problem
        case let error as ServiceError:
            return Problem(error)
        case let refusal as AccessRefusal:
            return Problem(refusal)
        case let error as HTTPError:
            let error = error.status == .notFound ? methodNotAllowed(request) ?? error : error
            return Problem(error, request: request)
        case is CancellationError:
            return Problem(ServiceError(.cancelled, message: "the client went away"))
        default:
            context.logger.error(
                "Unexpected error",
                metadata: ["request_id": "\(context.call.requestID)", "error": "\(error)"]
            )
            return Problem.unexpected
        }
    }

    /// The error for a path that exists but doesn't take the method.
    private func methodNotAllowed(_ request: Request) -> HTTPError? {
        guard let allowed = methods.allowed(at: request.uri.path) else { return nil }
        return HTTPError(
            .methodNotAllowed,
            headers: [.allow: allowed],
            message: "\(request.uri.path) takes \(allowed), not \(request.method.rawValue)"
        )
    }
}
