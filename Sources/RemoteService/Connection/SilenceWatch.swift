import Synchronization

/// Tells when the other side has been silent for too long.
final class SilenceWatch: Sendable {
    private struct Limit {
        var end: Duration
        var length: Duration
    }

    private let clock: any Clock<Duration>
    private let uptime: @Sendable () -> Duration
    private let limit: Mutex<Limit>

    init(_ length: Duration, clock: any Clock<Duration>, uptime: @escaping @Sendable () -> Duration) {
        self.clock = clock
        self.uptime = uptime
        limit = Mutex(Limit(end: uptime() + length, length: length))
    }

    /// Something was heard: from now on it may be silent for so long.
    /// - Throws: `RemoteFailure.silent` when nothing was heard for too long before, as where this process stood still: nobody
    ///   knows how late that is which comes now.
    func heard(allowing length: Duration) throws(RemoteFailure) {
        let now = uptime()
        let missed: Duration? = limit.withLock { limit in
            guard now < limit.end else { return limit.length }
            limit = Limit(end: now + length, length: length)
            return nil
        }
        if let missed { throw .silent(missed) }
    }

    /// Waits for as long as something is heard.
    /// - Throws: `RemoteFailure.silent` when nothing was for too long; `CancellationError`.
    func wait() async throws {
        while true {
            let limit = limit.withLock { $0 }
            let left = limit.end - uptime()
            guard left > .zero else { throw RemoteFailure.silent(limit.length) }
            try await clock.sleep(for: left)
        }
    }
}
