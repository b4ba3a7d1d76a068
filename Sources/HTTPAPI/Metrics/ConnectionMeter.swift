import HTTPTypes
import NIOCore
import Synchronization

/// Counts the connections to the API, and the requests that never get as far as a route.
final class ConnectionMeter: Sendable {
    struct Statistics {
        /// Connections that are open.
        var open = 0
        /// Requests that were refused, by status; a zero for each that there may be, so that the first of them is a change.
        var refusals: [Int: UInt64] = Dictionary(uniqueKeysWithValues: Problem.refusalStatuses.map { ($0.code, 0) })
        /// Connections that were closed because of a limit.
        var closed: [ConnectionEnd: UInt64] = Dictionary(uniqueKeysWithValues: ConnectionEnd.allCases.map { ($0, 0) })
    }

    private let state = Mutex(Statistics())

    /// What was counted so far.
    var statistics: Statistics { state.withLock { $0 } }

    /// Counts a connection until it is closed.
    func opened(_ channel: any Channel) {
        state.withLock { $0.open += 1 }
        channel.closeFuture.whenComplete { _ in self.state.withLock { $0.open -= 1 } }
    }

    /// Counts a request that was refused.
    func refused(_ problem: Problem) {
        state.withLock { $0.refusals[problem.status.code, default: 0] += 1 }
    }

    /// Counts a connection that was closed because of a limit.
    func closed(_ end: ConnectionEnd) {
        state.withLock { $0.closed[end, default: 0] += 1 }
    }
}
