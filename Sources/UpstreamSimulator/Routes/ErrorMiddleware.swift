import Hummingbird
import Logging

/// Turns every error into a JSON answer.
struct ErrorMiddleware: RouterMiddleware {
    func handle(
        _ request: Request,
        context: SimulatorContext,
        next: @concurrent (Request, SimulatorContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as APIError {
            return try error.response()
        } catch let error as StoreError {
            return try APIError(error).response()
        } catch let error as HTTPError where error.status == .notFound {
            return try APIError.noSuchRoute.response()
        } catch let error as any HTTPResponseError {
            let message = "The request can't be handled: \(error.status.reasonPhrase)."
            return try APIError(status: error.status, error: error.status.reasonPhrase, message: message).response()
        } catch let error where error is CancellationError || error is ConnectionCut {
            // The connection is gone: nobody reads an answer.
            throw error
        } catch {
            context.logger.error("Request failed", metadata: ["error": "\(error)"])
            return try APIError(Refusal.internalError).response()
        }
    }
}
