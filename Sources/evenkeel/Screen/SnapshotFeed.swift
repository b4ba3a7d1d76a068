import EventService
import Synchronization

/// Sends the service's state to the screen, at once and whenever it changed, for as long as the screen wants it.
final class SnapshotFeed: Sendable {
    private let service: EventService
    private let post: @Sendable (ServiceSnapshot) -> Void
    private let task = Mutex<Task<Void, any Error>?>(nil)

    init(_ service: EventService, post: @escaping @Sendable (ServiceSnapshot) -> Void) {
        self.service = service
        self.post = post
    }

    func start() {
        let following = Task { [service, post] in
            try await service.changes().forEachPicture { post(service.snapshot()) }
        }
        replace(by: following)
    }

    func stop() {
        replace(by: nil)
    }

    private func replace(by following: Task<Void, any Error>?) {
        let before = task.withLock { task in
            defer { task = following }
            return task
        }
        before?.cancel()
    }
}
