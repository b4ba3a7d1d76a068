import Logging
import Resilience
import Synchronization

import struct Foundation.Date

/// Delivers what an outbox keeps as soon as the events API takes it.
///
/// It sleeps until something is due or could be: an entry came, an attempt ended, the breaker changed its state or its wait is
/// over. The first delivery after that wait is the breaker's probe, so that nobody's request has to be.
final class OutboxDelivery: Sendable {
    private let outbox: Outbox
    private let gateway: UpstreamGateway
    private let reads: CachedReads
    private let clock: any Clock<Duration>
    private let time: WallClock
    private let logger: Logger
    private let pace: Mutex<DeliveryPace>
    private let keepsDelivered: Duration

    /// How often it looks for what others left, while something waits: entries of a process that ended, a store that works again.
    static let lookAround = Duration.seconds(5)

    /// How often it does so while nothing waits.
    static let idleLookAround = Duration.seconds(30)

    /// The shortest pause: what is due and yet can't be taken, because another process was faster, is asked for after it.
    private static let shortestPause = Duration.milliseconds(10)

    /// The shortest time between two looks at how many entries there are, while many are delivered.
    private static let statusInterval = Duration.milliseconds(250)

    init(
        _ outbox: Outbox,
        gateway: UpstreamGateway,
        reads: CachedReads,
        clock: any Clock<Duration>,
        time: WallClock,
        logger: Logger,
        configuration: EventServiceConfiguration.Outbox
    ) {
        self.outbox = outbox
        self.gateway = gateway
        self.reads = reads
        self.clock = clock
        self.time = time
        self.logger = logger
        pace = Mutex(DeliveryPace(maximum: configuration.maximumDeliveries))
        keepsDelivered = configuration.keepsDelivered
    }

    /// Delivers until `stop()` is called or the task is cancelled, and then ends what is under way.
    func run() async {
        await withDiscardingTaskGroup { deliveries in
            var alarm: Task<Void, Never>?
            var state = LoopState()
            for await _ in outbox.due.changes() {
                let pause = await lookOnce(&state, &deliveries)
                alarm?.cancel()
                alarm = Task { [clock, outbox] in
                    guard (try? await clock.sleep(for: pause)) != nil else { return }
                    outbox.due.notify()
                }
            }
            alarm?.cancel()
        }
        try? await outbox.refresh()
    }

    /// Begins no delivery from now on.
    func stop() {
        outbox.due.finish()
    }

    // MARK: - Looking for what is due

    private struct LoopState {
        var isClaimed = false
        var countedAt: Duration?
        var forgotAt: Duration?
        /// What was logged last, so that it is once.
        var failure: StoreError?
        /// Whether the store failed, whoever asked it.
        var isFailing = false
        /// The breaker's, when it was last looked at.
        var generation: UInt64 = 0
    }

    /// Begins every delivery that may begin now.
    /// - Returns: After how long to look again, unless something happens before.
    private func lookOnce(_ state: inout LoopState, _ deliveries: inout DiscardingTaskGroup) async -> Duration {
        do throws(StoreError) {
            return try await beginDue(&state, &deliveries)
        } catch {
            outbox.failed(error)
            if state.failure != error {
                logger.error("The outbox's store failed", metadata: ["reason": "\(error.message)"])
            }
            (state.failure, state.isFailing, state.countedAt) = (error, true, time.uptime)
            return Self.lookAround
        }
    }

    private func beginDue(
        _ state: inout LoopState,
        _ deliveries: inout DiscardingTaskGroup
    ) async throws(StoreError) -> Duration {
        if !state.isClaimed {
            try await outbox.store.releaseLeases(of: outbox.holder)
            state.isClaimed = true
        }
        try await forgetDelivered(&state)
        // First: what is kept is delivered even by a store that can't keep more.
        let pause = try await beginDeliveries(&state, &deliveries)
        return max(Self.shortestPause, min(pause, try await count(&state)))
    }

    /// Counts what is kept, unless that was done a moment ago.
    /// - Returns: After how long to do it again.
    private func count(_ state: inout LoopState) async throws(StoreError) -> Duration {
        let now = time.uptime
        if !state.isFailing, outbox.snapshot.failure != nil { (state.isFailing, state.countedAt) = (true, now) }
        // One that failed says so for a while: that a small write succeeds soon after doesn't mean that all do.
        let interval = state.isFailing ? Self.lookAround : Self.statusInterval
        if let countedAt = state.countedAt, now - countedAt < interval { return countedAt + interval - now }
        state.countedAt = now
        try await outbox.refresh()
        if state.isFailing { logger.notice("The outbox's store works again") }
        (state.failure, state.isFailing) = (nil, false)
        return Self.idleLookAround
    }

    private func beginDeliveries(
        _ state: inout LoopState,
        _ deliveries: inout DiscardingTaskGroup
    ) async throws(StoreError) -> Duration {
        let breaker = gateway.guardian(of: .addEvent).breaker.snapshot()
        if breaker.generation != state.generation {
            state.generation = breaker.generation
            pace.withLock { $0.restart() }
        }
        switch DeliveryLeave(of: breaker, sparesBreaker: pace.withLock { $0.wasTooFast }) {
        case .wait(let pause): return pause.map { min($0, Self.lookAround) } ?? Self.lookAround
        case .deliver(let atMost):
            let room = min(atMost, pace.withLock { $0.room(at: time.uptime) })
            if room > 0 { try await begin(room, &deliveries) }
        }
        guard let due = try await outbox.store.nextDueDate() else { return Self.idleLookAround }
        let now = time.uptime
        let untilDue = Duration.seconds(max(0, due.timeIntervalSince(time.date(after: now))))
        let untilRoom = pace.withLock { $0.nextRoom(at: now) }.map { $0 - now } ?? Self.lookAround
        return min(max(untilDue, untilRoom), Self.lookAround)
    }

    private func begin(_ count: Int, _ deliveries: inout DiscardingTaskGroup) async throws(StoreError) {
        // It may have been stopped since this look began.
        guard !outbox.due.isFinished else { return }
        let now = time.now
        let until = now.addingTimeInterval((gateway.attemptTimeout * 2).inSeconds + 5)
        for entry in try await outbox.store.lease(count, by: outbox.holder, now: now, until: until) {
            let ticket = pace.withLock { $0.begin(at: time.uptime) }
            deliveries.addTask { [self] in await deliver(entry, ticket) }
        }
    }

    private func forgetDelivered(_ state: inout LoopState) async throws(StoreError) {
        let now = time.uptime
        guard state.forgotAt.map({ now - $0 >= .seconds(60) }) ?? true else { return }
        try await outbox.store.forgetDelivered(before: time.now.addingTimeInterval(-keepsDelivered.inSeconds))
        state.forgotAt = now
    }

    // MARK: - Delivering

    private func deliver(_ entry: OutboxEntry, _ ticket: DeliveryPace.Ticket) async {
        let result = await attempt(entry)
        pace.withLock { $0.end(ticket, as: result.pace, at: time.uptime) }
        do throws(StoreError) {
            try await outbox.store.settle(entry.id, as: result.outcome, by: outbox.holder, at: time.now)
        } catch {
            // The lease runs out, and then it is delivered again under the same identifier.
            logger.error(
                "What came of a delivery can't be kept",
                metadata: ["event": "\(entry.id)", "reason": "\(error.message)"]
            )
            outbox.failed(error)
        }
        tell(result.outcome, of: entry)
        outbox.due.notify()
    }

    private func attempt(_ entry: OutboxEntry) async -> DeliveryResult {
        let context = CallContext(requestID: entry.requestID)
        do {
            let answer = try await gateway.attempt(.addEvent(body: entry.event), for: context)
            reads.invalidate(userID: entry.userID, eventID: entry.id)
            return DeliveryResult(outcome: .delivered(answer: answer), pace: .success)
        } catch let error as UpstreamError {
            if error.mayHaveBeenDone { reads.invalidate(userID: entry.userID, eventID: entry.id) }
            return DeliveryResult(error, after: entry.attempts, at: time.now)
        } catch {
            return DeliveryResult(outcome: .untried, pace: .untried)
        }
    }

    private func tell(_ outcome: OutboxOutcome, of entry: OutboxEntry) {
        let metadata: Logger.Metadata = ["event": "\(entry.id)", "request_id": "\(entry.requestID)"]
        switch outcome {
        case .delivered:
            outbox.count { $0.deliveries[.delivered, default: 0] += 1 }
            logger.info("Event delivered from the outbox", metadata: metadata)
        case .refused(let status, _):
            outbox.count { $0.deliveries[.refused, default: 0] += 1 }
            logger.warning(
                "The events API refused an event from the outbox",
                metadata: metadata.merging(["status": .stringConvertible(status)]) { $1 }
            )
        case .failed: outbox.count { $0.deliveries[.failed, default: 0] += 1 }
        case .untried: break
        }
    }
}
