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

    /// What became of an event that was to be added.
    public enum Addition: Sendable {
        /// The events API has it.
        case added(AddedEvent)
        /// It is kept, and will be delivered.
        case accepted(OutboxEntry)
    }

    /// Adds an event.
    ///
    /// The user must exist, which is asked only once the breaker lets the call through: while it doesn't, nothing is sent
    /// to the events API at all. Every attempt carries the same identifier, so that a repeat is never a second event.
    ///
    /// One that is kept is accepted without asking for the user, since there is nobody to ask: the events API may refuse it
    /// later. While others of the same user are kept, it is kept behind them and not tried at once.
    /// - Parameters:
    ///   - body: A JSON object with `name` and `userId`, perhaps with `id`; other members are passed on untouched.
    ///   - whenDown: What to do if it can't be delivered now; `nil` does what the configuration says.
    ///   - newID: The identifier for a body that has none; `nil` makes one.
    ///   - context: The request.
    /// - Throws: `ServiceError`: `invalid` with every field that is wrong, `unknownUser`, `notKept`, `conflict`, or why it
    ///   can't be added now.
    public func addEvent(
        _ body: ByteBuffer,
        whenDown: EventServiceConfiguration.WhenDown? = nil,
        newID: String? = nil,
        for context: CallContext
    ) async throws(ServiceError) -> Addition {
        let submission = try EventSubmission(checking: body) { newID ?? newEventID() }
        return try await promised(on: .addEvent) { () throws(ServiceError) in
            try await add(submission, whenDown: whenDown, for: context)
        }
    }

    private func add(
        _ submission: EventSubmission,
        whenDown: EventServiceConfiguration.WhenDown?,
        for context: CallContext
    ) async throws(ServiceError) -> Addition {
        guard whenDown ?? configuration.whenDown == .queue, let outbox else {
            return .added(try await deliver(submission, for: context))
        }
        // If the store can't tell, it can't keep the event either: then delivering it is all that can be done.
        if (try? await outbox.store.hasUndelivered(of: submission.userID)) == true {
            return .accepted(try await keep(submission, in: outbox, for: context))
        }
        do throws(ServiceError) {
            return .added(try await deliver(submission, for: context))
        } catch {
            guard error.isOfUpstream else { throw error }
            return .accepted(try await keep(submission, in: outbox, for: context))
        }
    }

    private func deliver(
        _ submission: EventSubmission,
        for context: CallContext
    ) async throws(ServiceError) -> AddedEvent {
        let answer = try await withinDeadline { [self] in try await add(submission, for: context) }
        return AddedEvent(id: submission.id, event: submission.body, answer: answer)
    }

    private func add(_ submission: EventSubmission, for context: CallContext) async throws -> ByteBuffer {
        // An event may have been added although its answer was lost. One that was never sent changes nothing: reads need
        // what is kept most while the events API is down.
        var mayBeAdded = false
        defer { if mayBeAdded { reads.invalidate(userID: submission.userID, eventID: submission.id) } }
        let answer = try await gateway.perform(.addEvent(body: submission.body), for: context) { [gateway] in
            try await gateway.requireUser(submission.userID, for: context)
        } attemptFailed: { error in
            mayBeAdded = mayBeAdded || error.mayHaveBeenDone
        }
        mayBeAdded = true
        return answer
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
