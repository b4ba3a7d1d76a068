import Foundation
import NIOCore
import NIOFoundationCompat

/// The use cases with values instead of JSON, for faces that show them.
extension EventService {
    /// All users.
    public func listUsers(for context: CallContext) async throws(ServiceError) -> [User] {
        try decode([User].self, from: try await users(for: context).body)
    }

    /// The events of one user as far as they can be read.
    public func listEvents(ofUser id: String, for context: CallContext) async throws(ServiceError) -> UserEvents {
        let list = try await events(ofUser: id, partial: true, for: context)
        return UserEvents(events: try decode([Event].self, from: list.body), missing: list.missing)
    }

    /// Adds the event of a draft; its identifier stays the draft's.
    public func add(_ draft: EventDraft, for context: CallContext) async throws(ServiceError) {
        let body: Data
        do {
            body = try JSONEncoder().encode(draft)
        } catch {
            throw ServiceError(.invalid, message: "the event can't be written as JSON: \(error)")
        }
        _ = try await addEvent(ByteBuffer(bytes: body), for: context)
    }

    private func decode<Value: Decodable>(_: Value.Type, from body: ByteBuffer) throws(ServiceError) -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: body)
        } catch {
            throw ServiceError(
                .badUpstream,
                message: "the events API answered with members of other types than promised"
            )
        }
    }
}
