import EventService
import HTTPTypes
import Hummingbird

/// Lets the pages of allowed origins read answers and send requests that need asking first (CORS, the Fetch standard).
///
/// Hummingbird's `CORSMiddleware` names the same methods for every path, answers paths that don't exist, takes every
/// `OPTIONS` as a question, and exposes no header of the actual answers.
///
/// Credentials of the browser's own (cookies) are never allowed: a page sends its token in a header.
struct CrossOriginMiddleware: RouterMiddleware {
    let origins: AllowedOrigins
    let methods: MethodTable

    private static let allowedHeaders = [
        "Authorization", "Cache-Control", "Content-Type", "Idempotency-Key", "If-None-Match", "Last-Event-ID", "Prefer",
        "traceparent", "tracestate", "X-Request-Id",
    ].joined(separator: ", ")

    private static let exposedHeaders = [
        "Age", "Allow", "Cache-Status", "ETag", "Evenkeel-Missing", "Evenkeel-Missing-Count", "Idempotent-Replayed",
        "Link", "Location", "Preference-Applied", "RateLimit", "RateLimit-Policy", "Retry-After", "traceparent",
        "WWW-Authenticate", "X-Request-Id", "X-Total-Count",
    ].joined(separator: ", ")

    /// How long a browser remembers what it was told, in seconds; Chromium takes no more.
    private static let maximumAge = "7200"

    func handle(
        _ request: Request,
        context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        let origin = request.headers[.origin]
        let isAllowed = origin.map(origins.contains) ?? (origins == .any)
        var response: Response
        if let answer = preflight(request, context, isAllowed: isAllowed) {
            response = answer
        } else {
            response = try await next(request, context)
        }
        // Whatever is kept on the way must not be given to a page of another origin.
        if origins != .any { response.headers.append(HTTPField(name: .vary, value: "Origin")) }
        guard isAllowed else { return response }
        response.headers[.accessControlAllowOrigin] = origins == .any ? "*" : origin
        response.headers[.accessControlExposeHeaders] = Self.exposedHeaders
        return response
    }

    /// The answer to a browser that asks whether a page may send a request; `nil` where this isn't such a question, or is
    /// one about a path that doesn't exist.
    private func preflight(_ request: Request, _ context: APIContext, isAllowed: Bool) -> Response? {
        guard request.method == .options, let origin = request.headers[.origin],
            request.headers.contains(.accessControlRequestMethod),
            let allowed = methods.allowed(at: request.uri.path)
        else { return nil }
        guard isAllowed else {
            return Problem(AccessRefusal.crossOrigin(origin)).response(requestID: context.call.requestID)
        }
        return Response(
            status: .noContent,
            headers: [
                .accessControlAllowMethods: allowed,
                .accessControlAllowHeaders: Self.allowedHeaders,
                .accessControlMaxAge: Self.maximumAge,
            ]
        )
    }
}
