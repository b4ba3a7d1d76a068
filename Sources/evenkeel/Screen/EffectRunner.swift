import Dashboard
import EventService
import Synchronization
import UpstreamSimulator

/// Carries out what the dashboard wants done, away from its thread, and posts the answers.
final class EffectRunner: Sendable {
    private let source: any DashboardSource
    /// The built-in events API; `nil` where the source has another one, or is elsewhere.
    private let simulator: UpstreamSimulator?
    private let post: @Sendable (Dashboard.Message) -> Void
    private let exporter = Exporter()
    private let log: LogFollower
    private let work = Mutex(Work())

    /// How long leaving waits for files that are being written.
    private static let exportTime = Duration.seconds(3)

    private struct Work {
        var loads: [LoadID: Task<Void, Never>] = [:]
        var adds: [String: Adding] = [:]
    }

    /// An event that is being added.
    private struct Adding {
        let draft: EventDraft
        let task: Task<AddOutcome, Never>
    }

    init(
        source: any DashboardSource,
        simulator: UpstreamSimulator?,
        log: LogRing,
        post: @escaping @Sendable (Dashboard.Message) -> Void
    ) {
        self.source = source
        self.simulator = simulator
        self.log = LogFollower(log)
        self.post = post
    }

    /// Starts to carry out an effect and returns at once.
    func run(_ effect: Effect) {
        let source = source
        switch effect {
        case .loadUsers(let load, let policy):
            start(load) { context in
                .usersLoaded(
                    load: load,
                    await result { () throws(ServiceError) in
                        try await source.listUsers(for: context, policy: policy)
                    }
                )
            }
        case .loadEvents(let userID, let load, let policy):
            start(load) { context in
                .eventsLoaded(
                    load: load,
                    await result { () throws(ServiceError) in
                        try await source.listEvents(ofUser: userID, for: context, policy: policy)
                    }
                )
            }
        case .loadOutbox(let load, let limit):
            start(load) { _ in
                .outboxLoaded(
                    load: load,
                    await result { () throws(ServiceError) in try await source.listKept(atMost: limit) }
                )
            }
        case .loadTimeline(let load, let before, let limit):
            start(load) { _ in
                .timelineLoaded(
                    load: load,
                    await result { () throws(ServiceError) in
                        try await source.timelinePage(HistoryQuery(before: before, limit: limit))
                    }
                )
            }
        case .retryKept(let id):
            decide(.retry, id) { () throws(ServiceError) in
                try await source.retryKept(id, for: Self.context)
            }
        case .discardKept(let id):
            decide(.discard, id) { () throws(ServiceError) in
                try await source.discardKept(id, for: Self.context)
            }
        case .cancelLoad(let load): work.withLock { $0.loads.removeValue(forKey: load) }?.cancel()
        case .add(let draft, let whenDown): add(draft, whenDown: whenDown)
        case .selectScenario(let name): selectScenario(name)
        case .probe(let route): probe(route)
        case .changeBreaker(let route, let change): self.change(route, change)
        case .export(let export, let isReplacing):
            exporter.export(export, isReplacing: isReplacing) { [post] in post(.exported(export, $0)) }
        case .followLog(let number): log.follow(after: number) { [post] in post(.logged($0)) }
        case .leaveLog: log.leave()
        case .setMouse, .bell, .suspend, .quit: break  // The program itself says so.
        }
    }

    /// Gives up what is still under way, and waits a little for the files that are being written.
    /// - Returns: A line for each event that was being added, and for each file that isn't written: what became of it, as far
    ///   as is known.
    func finish() async -> [String] {
        let rest = work.withLock { $0 }
        log.leave()
        for load in rest.loads.values { load.cancel() }
        for adding in rest.adds.values { adding.task.cancel() }
        var lines: [String] = []
        for adding in rest.adds.values { lines.append(Self.words(adding.draft, await adding.task.value)) }
        for name in await exporter.finish(within: Self.exportTime) {
            lines.append("“\(name)” was still being written and may not be there.")
        }
        return lines
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

    private func start(_ load: LoadID, _ read: @escaping @Sendable (CallContext) async -> Dashboard.Message) {
        let context = Self.context
        work.withLock { work in
            work.loads[load] = Task { [self] in
                let message = await read(context)
                _ = self.work.withLock { $0.loads.removeValue(forKey: load) }
                if !Task.isCancelled { post(message) }
            }
        }
    }

    private func add(_ draft: EventDraft, whenDown: EventServiceConfiguration.WhenDown?) {
        let context = Self.context
        work.withLock { work in
            let task = Task { [self] in
                let outcome = await outcome(ofAdding: draft, whenDown: whenDown, for: context)
                _ = self.work.withLock { $0.adds.removeValue(forKey: draft.id) }
                post(.addFinished(draftID: draft.id, outcome))
                return outcome
            }
            work.adds[draft.id] = Adding(draft: draft, task: task)
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

    private func decide(
        _ decision: OutboxStatistics.Decision,
        _ id: String,
        _ body: @escaping @Sendable () async throws(ServiceError) -> Bool
    ) {
        Task { [post] in
            let failure: String? =
                switch await result(body) {
                case .success(true): nil
                case .success(false): "it is not in the outbox any more"
                case .failure(let error): error.message
                }
            post(.decisionFinished(decision, id: id, failure: failure))
        }
    }

    private func selectScenario(_ name: String) {
        Task { [simulator, post] in
            guard let simulator, let scenario = Scenario(rawValue: name) else {
                post(.scenarioFinished(name: name, failure: "the events API is not the built-in simulator"))
                return
            }
            do {
                try await simulator.select(scenario)
                post(.scenarioFinished(name: name, failure: nil))
            } catch {
                post(.scenarioFinished(name: name, failure: "\(error)"))
            }
        }
    }

    private func probe(_ route: UpstreamRoute) {
        Task { [source, post] in
            let failure = await failure { () throws(ServiceError) in try await source.probe(route) }
            post(.probeFinished(route, failure: failure))
        }
    }

    private func change(_ route: UpstreamRoute, _ change: BreakerChange) {
        Task { [source, post] in
            let failure = await failure { () throws(ServiceError) in
                switch change {
                case .forceOpen: try await source.setMode(.forcedOpen, of: route)
                case .disable: try await source.setMode(.disabled, of: route)
                case .automatic: try await source.setMode(.automatic, of: route)
                case .reset: try await source.reset(route)
                }
            }
            post(.breakerChanged(route, change, failure: failure))
        }
    }

    /// Requests of the screen are told apart from others in the log and the timeline.
    private static var context: CallContext {
        CallContext(requestID: "dashboard-\(String(UInt32.random(in: .min ... .max), radix: 16))")
    }
}

/// What a use case returned or threw.
private func result<Value: Sendable>(
    _ body: () async throws(ServiceError) -> Value
) async -> Result<Value, ServiceError> {
    do {
        return .success(try await body())
    } catch {
        return .failure(error)
    }
}

/// Why a use case failed; `nil` where it didn't.
private func failure(_ body: () async throws(ServiceError) -> Void) async -> String? {
    if case .failure(let error) = await result(body) { error.message } else { nil }
}
