public import NIOCore

extension EventService {
    /// An event that was added.
    public struct AddedEvent: Sendable {
        /// Its identifier.
        public var id: String

        /// The event as it was sent, with its identifier.
        public var event: ByteBuffer

        /// The events API's own answer.
        public var answer: ByteBuffer
    }

    /// Adds an event.
    ///
    /// The user must exist, which is asked only once the breaker lets the call through: while it doesn't, nothing is sent
    /// to the events API at all. Every attempt carries the same identifier, so that a repeat is never a second event.
    /// - Parameter body: A JSON object with `name` and `userId`, perhaps with `id`; other members are passed on untouched.
    /// - Throws: `ServiceError`: `invalid` with every field that is wrong, `unknownUser`, or why it can't be added now.
    public func addEvent(_ body: ByteBuffer, for context: CallContext) async throws(ServiceError) -> AddedEvent {
        let submission = try EventSubmission(checking: body, newID: newEventID)
        // However it ends: an event may have been added although its answer was lost.
        defer { reads.invalidate(userID: submission.userID) }
        let answer = try await withinDeadline { [gateway] in
            try await gateway.perform(.addEvent(body: submission.body), for: context) {
                try await gateway.requireUser(submission.userID, for: context)
            }
        }
        return AddedEvent(id: submission.id, event: submission.body, answer: answer)
    }
}

extension UpstreamGateway {
    fileprivate func requireUser(_ id: String, for context: CallContext) async throws {
        do {
            _ = try await perform(.user(id: id), for: context)
        } catch let error as ServiceError where error.kind == .notFound {
            throw ServiceError(
                .unknownUser,
                message: "there is no user \(id) to add the event to",
                fields: [ServiceError.FieldError(field: "userId", message: "is not the id of a user")]
            )
        }
    }
}
