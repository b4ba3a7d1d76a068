import Dashboard
import Synchronization

/// Tells the dashboard what is logged, for as long as it shows it.
final class LogFollower: Sendable {
    private let ring: LogRing
    private let task = Mutex<Task<Void, any Error>?>(nil)

    init(_ ring: LogRing) {
        self.ring = ring
    }

    /// Tells the lines with a higher number than that, and from then on each that comes.
    func follow(after number: UInt64, _ tell: @escaping @Sendable ([LogLine]) -> Void) {
        leave()
        let news = ring.news()
        task.withLock { task in
            task = Task { [ring] in
                var last = number
                try await news.forEachPicture {
                    let lines = ring.lines(after: last)
                    last = lines.last?.number ?? last
                    if !lines.isEmpty { tell(lines) }
                }
            }
        }
    }

    /// Tells nothing any more.
    func leave() {
        ring.stopTelling()
        task.withLock { $0.take() }?.cancel()
    }
}
