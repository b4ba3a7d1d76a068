import EventService
import NIOCore
import Synchronization

/// What events of the outbox consist of, as far as it was read.
final class KeptEventCache: Sendable {
    private let known = Mutex<[String: KeptEvent]>([:])

    /// Whether an event was read.
    func knows(_ event: KeptEvent) -> Bool {
        known.withLock { $0[event.id]?.acceptedAt == event.acceptedAt }
    }

    /// Remembers an event by its whole entry.
    func remember(_ event: KeptEvent, entry: ByteBuffer) {
        var event = event
        event.tell(entry: entry)
        known.withLock { $0[event.id] = event }
    }

    /// An event with what is known of it.
    func completed(_ event: KeptEvent) -> KeptEvent {
        guard let known = known.withLock({ $0[event.id] }), known.acceptedAt == event.acceptedAt else { return event }
        var event = event
        (event.name, event.members, event.membersLeftOut) = (known.name, known.members, known.membersLeftOut)
        return event
    }

    /// Forgets all but some events.
    func forget(otherThan events: [KeptEvent]) {
        let ids = Set(events.map(\.id))
        known.withLock { known in known = known.filter { ids.contains($0.key) } }
    }
}
