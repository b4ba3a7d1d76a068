import Dashboard
import EventService
import UpstreamSimulator

// What changes something, and is therefore told of to whoever leaves before it has ended.

extension EffectRunner {
    func add(_ draft: EventDraft, whenDown: EventServiceConfiguration.WhenDown?) {
        let context = Self.context
        adds.start { [self] in
            let outcome = await outcome(ofAdding: draft, whenDown: whenDown, for: context)
            post(.addFinished(draftID: draft.id, outcome))
            return Self.words(draft, outcome)
        }
    }

    private func outcome(
        ofAdding draft: EventDraft,
        whenDown: EventServiceConfiguration.WhenDown?,
        for context: CallContext
    ) async -> AddOutcome {
        do throws(ServiceError) {
            switch try await source.submit(draft, whenDown: whenDown, for: context) {
            case .added: return .added
            case .kept: return .kept
            }
        } catch {
            return .failed(error)
        }
    }

    private static func words(_ draft: EventDraft, _ outcome: AddOutcome) -> String {
        switch outcome {
        case .added: "“\(draft.name)” was added."
        case .kept: "“\(draft.name)” is kept."
        case .failed(let error) where error.kind == .cancelled:
            "“\(draft.name)” was being added and may or may not be there: its id is \(draft.id)."
        case .failed(let error): "“\(draft.name)” was not added: \(error.message)."
        }
    }

    func retry(_ id: String) {
        change("Trying event \(id) again", { .decisionFinished(.retry, id: id, failure: $0) }) { [source] in
            let isThere = try await source.retryKept(id, for: Self.context)
            if !isThere { throw ChangeFailure.notKept }
        }
    }

    func discard(_ id: String) {
        change("Discarding event \(id)", { .decisionFinished(.discard, id: id, failure: $0) }) { [source] in
            let isThere = try await source.discardKept(id, for: Self.context)
            if !isThere { throw ChangeFailure.notKept }
        }
    }

    func selectScenario(_ name: String) {
        change("Switching the simulator to \(name)", { .scenarioFinished(name: name, failure: $0) }) { [simulator] in
            guard let simulator, let scenario = Scenario(rawValue: name) else { throw ChangeFailure.noSimulator }
            try await simulator.select(scenario)
        }
    }

    func probe(_ route: UpstreamRoute) {
        change("Probing \(route.rawValue)", { .probeFinished(route, failure: $0) }) { [source] in
            try await source.probe(route)
        }
    }

    func change(_ route: UpstreamRoute, _ change: BreakerChange) {
        self.change(change.words(for: route), { .breakerChanged(route, change, failure: $0) }) { [source] in
            switch change {
            case .forceOpen: try await source.setMode(.forcedOpen, of: route)
            case .disable: try await source.setMode(.disabled, of: route)
            case .automatic: try await source.setMode(.automatic, of: route)
            case .reset: try await source.reset(route)
            }
        }
    }

    /// Starts a change.
    /// - Parameters:
    ///   - what: The beginning of the line that tells what became of it.
    ///   - message: What tells the dashboard why it failed; `nil` where it didn't.
    private func change(
        _ what: String,
        _ message: @escaping @Sendable (_ failure: String?) -> Dashboard.Message,
        _ body: @escaping @Sendable () async throws -> Void
    ) {
        changes.start { [post] in
            do {
                try await body()
                post(message(nil))
                return "\(what): done."
            } catch {
                let serviceError = error as? ServiceError
                let reason = serviceError?.message ?? "\(error)"
                post(message(reason))
                let isUnknown = serviceError?.kind == .cancelled || error is CancellationError
                return isUnknown ? "\(what): it may or may not be done." : "\(what): not done, \(reason)."
            }
        }
    }
}

/// Why a change can't be made.
private enum ChangeFailure: Error, CustomStringConvertible {
    case notKept
    case noSimulator

    var description: String {
        switch self {
        case .notKept: "it is not in the outbox any more"
        case .noSimulator: "the events API is not the built-in simulator"
        }
    }
}

extension BreakerChange {
    /// What is being done, for the beginning of a line.
    fileprivate func words(for route: UpstreamRoute) -> String {
        switch self {
        case .forceOpen: "Forcing \(route.rawValue) open"
        case .disable: "Disabling \(route.rawValue)"
        case .automatic: "Setting \(route.rawValue) to automatic"
        case .reset: "Resetting \(route.rawValue)"
        }
    }
}
