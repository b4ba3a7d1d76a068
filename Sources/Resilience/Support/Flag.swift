import Synchronization

/// Something that happens once.
final class Flag: Sendable {
    private let atomic = Atomic(false)

    var isSet: Bool { atomic.load(ordering: .acquiring) }

    func set() {
        atomic.store(true, ordering: .releasing)
    }
}
