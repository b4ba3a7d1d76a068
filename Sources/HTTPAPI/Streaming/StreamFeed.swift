import EventService
import NIOCore
import Synchronization

/// What happens, read and put into words once for all streams of an API.
///
/// While there are streams one task takes a snapshot after every change, at most 20 a second, and tells them. It waits for
/// none of them. Without streams there is no task, and while nothing changes it sleeps.
final class StreamFeed: Sendable {
    /// A snapshot, and what changed since the one before.
    struct Update {
        let number: UInt64
        let snapshot: ServiceSnapshot
        /// The number of the update before; `nil` where there is none.
        let previous: UInt64?
        /// What whoever knows the update before has to be told; `nil` where that isn't known.
        let events: ByteBuffer?
        /// What whoever has been told that knows.
        let state: StreamState
    }

    /// What happens within as much time after a snapshot was taken is told together.
    static let minimumInterval = Duration.milliseconds(50)

    private struct Listeners {
        var count = 0
        var task: Task<Void, Never>?
    }

    /// The run of the process that entries are numbered in.
    let boot = RequestIdentifier.make()

    private let service: EventService
    private let clock: any Clock<Duration>
    private let signal = ChangeSignal()
    private let listeners = Mutex(Listeners())
    private let snapshotsTaken = Mutex<UInt64>(0)
    private let current = Mutex<Update?>(nil)

    init(of service: EventService, clock: any Clock<Duration>) {
        self.service = service
        self.clock = clock
    }

    // MARK: For a stream

    /// Begins to look for changes, if nobody does yet; to be left once.
    func join() {
        listeners.withLock { listeners in
            listeners.count += 1
            guard listeners.task == nil else { return }
            // Nothing that happens from here on is missed, however late the task begins.
            let changes = service.changes()
            listeners.task = Task { await tell(changes) }
        }
    }

    /// Looks for no more changes, if nobody else listens.
    func leave() {
        let task = listeners.withLock { listeners -> Task<Void, Never>? in
            listeners.count -= 1
            guard listeners.count == 0 else { return nil }
            current.withLock { $0 = nil }
            defer { listeners.task = nil }
            return listeners.task
        }
        task?.cancel()
    }

    /// A stream with an element at once and after every update, until the service has stopped.
    func changes() -> AsyncStream<Void> {
        signal.changes()
    }

    /// The last update that was told.
    var latest: Update? { current.withLock { $0 } }

    /// How many snapshots were taken.
    var snapshotCount: UInt64 { snapshotsTaken.withLock { $0 } }

    /// Takes a snapshot.
    ///
    /// Whoever takes another meanwhile waits for that, so that a higher number never is of an earlier moment.
    func takeSnapshot() -> (number: UInt64, ServiceSnapshot) {
        snapshotsTaken.withLock { count in
            count += 1
            return (count, service.snapshot())
        }
    }

    // MARK: For all streams

    private func tell(_ changes: AsyncStream<Void>) async {
        var last: Update?
        for await _ in changes {
            let update = nextUpdate(after: last)
            last = update
            // A task that was cancelled may be late.
            current.withLock { if update.number > $0?.number ?? 0 { $0 = update } }
            signal.notify()
            do {
                try await clock.sleep(for: Self.minimumInterval)
            } catch {
                return
            }
        }
        if !Task.isCancelled { signal.finish() }
    }

    private func nextUpdate(after last: Update?) -> Update {
        var state = last?.state ?? StreamState(boot: boot, resumingFrom: nil)
        let (number, snapshot) = takeSnapshot()
        var events: ByteBuffer?
        if last == nil {
            // Nobody knows what is before the first.
            _ = state.messages(for: snapshot)
        } else {
            // What can't be put into words here can't be in a stream either, and ends that.
            events = try? state.events(for: snapshot)
        }
        return Update(number: number, snapshot: snapshot, previous: last?.number, events: events, state: state)
    }
}
