import Dashboard
import EventService
import Synchronization
import UpstreamSimulator

/// Carries out what the dashboard wants done, away from its thread, and posts the answers.
final class EffectRunner: Sendable {
    let source: any DashboardSource
    /// The built-in events API; `nil` where the source has another one, or is elsewhere.
    let simulator: UpstreamSimulator?
    let post: @Sendable (Dashboard.Message) -> Void
    /// The events that are being added.
    let adds = PendingWork()
    /// What is being changed otherwise.
    let changes = PendingWork()
    private let loads = Mutex<[LoadID: Task<Void, Never>]>([:])
    private let exporter: Exporter
    private let log: LogFollower

    init(
        source: any DashboardSource,
        simulator: UpstreamSimulator?,
        log: LogRing,
        exporter: Exporter = Exporter(),
        post: @escaping @Sendable (Dashboard.Message) -> Void
    ) {
        self.source = source
        self.simulator = simulator
        self.log = LogFollower(log)
        self.exporter = exporter
        self.post = post
    }

    /// Starts to carry out an effect and returns at once.
    func run(_ effect: Effect) {
        let source = source
        switch effect {
        case .loadUsers(let id, let policy):
            load(id, as: { .usersLoaded(load: id, $0) }) { context throws(ServiceError) in
                try await source.listUsers(for: context, policy: policy)
            }
        case .loadEvents(let userID, let id, let policy):
            load(id, as: { .eventsLoaded(load: id, $0) }) { context throws(ServiceError) in
                try await source.listEvents(ofUser: userID, for: context, policy: policy)
            }
        case .loadOutbox(let id, let limit):
            load(id, as: { .outboxLoaded(load: id, $0) }) { _ throws(ServiceError) in
                try await source.listKept(atMost: limit)
            }
        case .loadTimeline(let id, let before, let limit):
            load(id, as: { .timelineLoaded(load: id, $0) }) { _ throws(ServiceError) in
                try await source.timelinePage(HistoryQuery(before: before, limit: limit))
            }
        case .cancelLoad(let id): loads.withLock { $0.removeValue(forKey: id) }?.cancel()
        case .add(let draft, let whenDown): add(draft, whenDown: whenDown)
        case .retryKept(let id): retry(id)
        case .discardKept(let id): discard(id)
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

    private func load<Value: Sendable>(
        _ id: LoadID,
        as message: @escaping @Sendable (Result<Value, ServiceError>) -> Dashboard.Message,
        _ read: @escaping @Sendable (CallContext) async throws(ServiceError) -> Value
    ) {
        let context = Self.context
        loads.withLock { loads in
            loads[id] = Task { [self] in
                let result: Result<Value, ServiceError>
                do throws(ServiceError) {
                    result = .success(try await read(context))
                } catch {
                    result = .failure(error)
                }
                _ = self.loads.withLock { $0.removeValue(forKey: id) }
                if !Task.isCancelled { post(message(result)) }
            }
        }
    }

    /// Gives up what is being read or added, and waits a little for what is being changed or written.
    /// - Parameter patience: How long that is.
    /// - Returns: A line for each event that was being added and for each other change, and for each file that isn't written:
    ///   what became of it, as far as is known.
    func finish(within patience: Duration = .seconds(3)) async -> [String] {
        log.leave()
        for load in loads.withLock({ $0.values }) { load.cancel() }
        async let ofChanges = changes.finish(within: patience)
        async let ofFiles = exporter.finish(within: patience)
        let ofAdds = await adds.finish(within: .zero)
        return await ofAdds + ofChanges + ofFiles.compactMap { Self.words($0.file, $0.outcome) }
    }

    private static func words(_ file: String, _ outcome: ExportOutcome?) -> String? {
        switch outcome {
        case .written: nil
        case .exists: "“\(file)” is there already and was left as it is."
        case .failed(let reason): "“\(file)” was not written: \(reason)."
        case nil: "“\(file)” was still being written and may not be there."
        }
    }

    /// Requests of the screen are told apart from others in the log and the timeline.
    static var context: CallContext {
        CallContext(requestID: "dashboard-\(String(UInt32.random(in: .min ... .max), radix: 16))")
    }
}
