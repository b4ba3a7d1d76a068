import Synchronization

/// The breakers that aren't closed, for the log line of every request: cheaper than a look at the breakers themselves.
///
/// It knows what the breakers reported: one whose wait is over reads open until a call comes.
final class BreakerStates: Sendable {
    private let unclosed = Mutex<[UpstreamRoute: BreakerStatus.State]>([:])

    /// The state of each breaker that isn't closed.
    var current: [UpstreamRoute: BreakerStatus.State] { unclosed.withLock { $0 } }

    func changed(_ route: UpstreamRoute, to state: BreakerStatus.State) {
        unclosed.withLock { $0[route] = state == .closed ? nil : state }
    }
}
