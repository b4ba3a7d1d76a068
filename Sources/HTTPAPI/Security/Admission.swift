import HTTPTypes
import Synchronization

/// What was found out about a request when it was admitted or refused, for the middleware around the routes.
final class Admission: Sendable {
    private struct State {
        var client: String?
        var fields: HTTPFields = [:]
    }

    private let state = Mutex(State())

    /// The name of the token that the request brought; `nil` where none was needed, or it wasn't known.
    var client: String? { state.withLock { $0.client } }

    /// The header fields that every answer to the request carries, an error as well.
    var fields: HTTPFields { state.withLock { $0.fields } }

    func record(client: String) {
        state.withLock { $0.client = client }
    }

    func record(fields: HTTPFields) {
        state.withLock { $0.fields = fields }
    }
}
