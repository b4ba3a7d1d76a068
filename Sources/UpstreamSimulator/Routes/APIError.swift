import Hummingbird

/// An error answer: JSON with `success` false, a short `error` and a `message` for a person.
struct APIError: Error, Equatable {
    let status: HTTPResponse.Status
    let error: String
    let message: String
    var retryAfter: Int?
    /// What is wrong with each field, or empty.
    var details: [FieldError] = []

    static let noSuchRoute = APIError(status: .notFound, error: "Not found", message: "There is no such route.")

    static func invalidBody(_ message: String, details: [FieldError] = []) -> APIError {
        APIError(status: .badRequest, error: "Invalid request body", message: message, details: details)
    }

    static func notFound(_ what: String, id: String) -> APIError {
        APIError(status: .notFound, error: "Not found", message: "There is no \(what) with the id \(id).")
    }
}

/// One field of a request body that is wrong.
struct FieldError: Equatable, Sendable {
    let field: String
    let message: String
}

extension APIError {
    init(_ refusal: Refusal) {
        switch refusal {
        case .internalError:
            self.init(
                status: .internalServerError,
                error: "Internal error",
                message: "Something broke in the events API"
            )
        case .overloaded(let retryAfter):
            self.init(
                status: .serviceUnavailable,
                error: "Service temporarily unavailable",
                message: "Event API is experiencing high load",
                retryAfter: retryAfter
            )
        }
    }

    init(_ storeError: StoreError) {
        switch storeError {
        case .unknownUser(let id):
            self.init(
                status: .unprocessableContent,
                error: "Unknown user",
                message: "There is no user with the id \(id)."
            )
        case .userIDTaken(let id):
            self.init(status: .conflict, error: "Duplicate user", message: "The id \(id) is taken.")
        case .emailTaken(let email):
            self.init(status: .conflict, error: "Duplicate user", message: "The e-mail address \(email) is taken.")
        case .usernameTaken(let name):
            self.init(status: .conflict, error: "Duplicate user", message: "The user name \(name) is taken.")
        case .eventIDTaken(let id):
            self.init(status: .conflict, error: "Duplicate event", message: "The id \(id) is that of another event.")
        }
    }

    func response() throws -> Response {
        var body: [String: JSONValue] = ["success": false, "error": .string(error), "message": .string(message)]
        if !details.isEmpty {
            body["details"] = .array(details.map { ["field": .string($0.field), "message": .string($0.message)] })
        }
        var response = try Response.json(.object(body), status: status)
        if let retryAfter { response.headers[.retryAfter] = String(retryAfter) }
        return response
    }
}

extension Response {
    /// A JSON answer.
    static func json(_ value: JSONValue, status: HTTPResponse.Status = .ok) throws -> Response {
        Response(
            status: status,
            headers: [.contentType: "application/json; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try value.encoded()))
        )
    }
}
