public import NIOCore

extension EventService {
    /// Adds an event for a request that may come more than once.
    ///
    /// What settles the request is kept and given to its repeats: that the event was added or accepted, and refusals that
    /// would come again. After any other failure a repeat is worked on anew, with the event's identifier of the first time. A
    /// body that is wrong is refused before all this, so that its key is still free for the right one.
    /// - Parameters:
    ///   - body: As in `addEvent(_:whenDown:newID:for:)`.
    ///   - whenDown: What to do if it can't be delivered now; `nil` does what the configuration says.
    ///   - request: The request.
    ///   - context: The request on its way through the service.
    ///   - answer: Makes the answer to what became of it, once.
    ///   - keep: What to keep of the answer for repeats, where it settles the request.
    /// - Throws: As `addEvent(_:whenDown:newID:for:)`, and `storeFailed` where the key can't be claimed: then nothing was done.
    ///   Where what became of it can't be kept, the result is nevertheless what it is.
    public func addEvent<Answer>(
        _ body: ByteBuffer,
        whenDown: EventServiceConfiguration.WhenDown? = nil,
        once request: IdempotentRequest,
        for context: CallContext,
        answer: (Result<Addition, ServiceError>) -> Answer,
        keep: (Answer) -> IdempotentAnswer
    ) async throws(ServiceError) -> IdempotentResult<Answer> {
        let submission = try EventSubmission(checking: body) { newEventID() }
        switch try await claim(request, eventID: submission.id) {
        case .answered(let answer): return .repeated(answer)
        case .underWay: return .underWay
        case .otherRequest: return .otherRequest
        case .granted(let eventID):
            let result: Result<Addition, ServiceError>
            do throws(ServiceError) {
                result = .success(try await addEvent(body, whenDown: whenDown, newID: eventID, for: context))
            } catch {
                result = .failure(error)
            }
            // Whoever has gone away meanwhile: the key is settled.
            let answer = answer(result)
            let kept = result.isSettled ? keep(answer) : nil
            await idempotency?.settle(request, with: kept, keptFor: configuration.keepsAnswers, for: context)
            _ = try result.get()
            return .first(answer)
        }
    }

    private func claim(
        _ request: IdempotentRequest,
        eventID: String
    ) async throws(ServiceError) -> IdempotencyClaim {
        try await promisedToBegin(on: .addEvent) { () throws(ServiceError) in
            guard let idempotency else { throw .unclaimed("this service keeps nothing") }
            do throws(StoreError) {
                let limit = configuration.requestDeadline + Self.claimReserve
                return try await idempotency.claim(request, eventID: eventID, for: limit)
            } catch {
                throw .unclaimed(error.reason)
            }
        }
    }

    /// What a claim lasts beyond the request's deadline: the stores are not asked within it.
    private static let claimReserve = Duration.seconds(10)
}

extension Result where Failure == ServiceError {
    /// Whether the request is not worth repeating: it is done, or would be refused again.
    fileprivate var isSettled: Bool {
        switch self {
        case .success: true
        case .failure(let error):
            switch error.kind {
            case .refused, .unknownUser: true
            // A conflict ends when somebody decides about what is kept.
            case .circuitOpen, .busy, .outOfDescriptors, .badUpstream, .timedOut, .invalid, .notFound, .notKept,
                .storeFailed, .conflict, .cancelled:
                false
            }
        }
    }
}

extension ServiceError {
    fileprivate static func unclaimed(_ reason: String) -> ServiceError {
        ServiceError(
            .storeFailed,
            message: "nothing was added: whether the request was answered before can't be told: \(reason)"
        )
    }
}
