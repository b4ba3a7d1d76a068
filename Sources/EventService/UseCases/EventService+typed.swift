import Foundation
import NIOCore
import NIOFoundationCompat

/// The use cases with values instead of JSON, for faces that show them.
extension EventService {
    /// All users.
    /// - Parameter policy: Whether what is kept from earlier requests may answer.
    public func listUsers(
        for context: CallContext,
        policy: CachePolicy = .useCache
    ) async throws(ServiceError) -> ReadResult<[User]> {
        let answer = try await users(for: context, policy: policy)
        return ReadResult(try decode([User].self, from: answer.body), freshness: answer.freshness)
    }

    /// The events of one user as far as they can be read.
    /// - Parameters:
    ///   - id: The user's identifier.
    ///   - context: The request.
    ///   - policy: Whether what is kept from earlier requests may answer.
    public func listEvents(
        ofUser id: String,
        for context: CallContext,
        policy: CachePolicy = .useCache
    ) async throws(ServiceError) -> ReadResult<UserEvents> {
        let list = try await events(ofUser: id, partial: true, for: context, policy: policy)
        let events = UserEvents(events: try decode([Event].self, from: list.body), missing: list.missing)
        return ReadResult(events, freshness: list.freshness)
    }

    /// Adds the event of a draft; its identifier stays the draft's.
    /// - Parameters:
    ///   - draft: The event.
    ///   - whenDown: What to do if it can't be delivered now; `nil` does what the configuration says.
    ///   - context: The request.
    /// - Returns: Whether the events API has it, or it is kept and will be delivered.
    @discardableResult
    public func add(
        _ draft: EventDraft,
        whenDown: EventServiceConfiguration.WhenDown? = nil,
        for context: CallContext
    ) async throws(ServiceError) -> Addition {
        let body: Data
        do {
            body = try JSONEncoder().encode(draft)
        } catch {
            throw ServiceError(.invalid, message: "the event can't be written as JSON: \(error)")
        }
        return try await addEvent(ByteBuffer(bytes: body), whenDown: whenDown, for: context)
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
