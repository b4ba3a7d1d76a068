import HTTPTypes
import Logging
import Synchronization

/// Counts the requests to the API.
///
/// One lock is held for well under a microsecond a request; nothing is allocated once a route has been asked for.
final class RequestMeter: Sendable {
    private let state = Mutex(RequestStatistics())
    private let underWayCount = Atomic<Int>(0)

    /// What was counted so far.
    var statistics: RequestStatistics { state.withLock { $0 } }

    /// Requests that aren't answered yet.
    var underWay: Int { underWayCount.load(ordering: .relaxed) }

    /// Gives the endpoints their places before the first request.
    func expect(_ endpoints: [Endpoint]) {
        state.withLock { state in
            for endpoint in endpoints { state.expect(endpoint) }
        }
    }

    /// Counts a request that begins; it is to be ended once.
    func began() {
        underWayCount.add(1, ordering: .relaxed)
    }

    func ended() {
        underWayCount.subtract(1, ordering: .relaxed)
    }

    /// Counts a request that is answered.
    /// - Parameters:
    ///   - path: The path template of its route, where it has one.
    ///   - duration: Until its answer was ready to be sent.
    /// - Returns: What it counts under, and the level at which the log tells of it.
    func count(
        _ method: HTTPRequest.Method,
        _ path: String?,
        _ status: Int,
        _ duration: Duration
    ) -> (route: String, level: Logger.Level) {
        let (route, isPolled) = state.withLock { $0.record(method, path, status: status, duration: duration) }
        return (route, isPolled ? .debug : .info)
    }
}
