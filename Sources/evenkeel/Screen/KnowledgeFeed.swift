import EventService
import Synchronization

/// Sends what is known of a service to the screen, at once and whenever it changed, for as long as the screen wants it.
final class KnowledgeFeed: Sendable {
    private let source: any DashboardSource
    private let post: @Sendable (KnownService) -> Void
    private let task = Mutex<Task<Void, any Error>?>(nil)

    init(_ source: any DashboardSource, post: @escaping @Sendable (KnownService) -> Void) {
        self.source = source
        self.post = post
    }

    func start() {
        let following = Task { [source, post] in
            try await source.changes().forEachPicture { post(source.known()) }
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
