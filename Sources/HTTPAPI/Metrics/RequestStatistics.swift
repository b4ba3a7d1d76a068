import EventService
import HTTPTypes

/// How many requests there were, by what they asked for and how they ended, and how long they took.
///
/// Its size depends on the routes that there are and on nothing that a client sends.
struct RequestStatistics {
    /// The requests of one method to one route.
    struct Series {
        let method: String
        /// How many ended with each status, in ascending order.
        private(set) var statuses: [(code: Int, count: UInt64)] = []
        private(set) var durations = DurationHistogram()

        mutating func expect(status: Int) {
            _ = index(of: status)
        }

        mutating func record(status: Int, duration: Duration) {
            statuses[index(of: status)].count += 1
            durations.record(duration)
        }

        private mutating func index(of status: Int) -> Int {
            let index = statuses.firstIndex { $0.code >= status } ?? statuses.count
            if index == statuses.count || statuses[index].code != status { statuses.insert((status, 0), at: index) }
            return index
        }
    }

    struct Route {
        fileprivate(set) var series: [Series] = []
        fileprivate var isPolled = false

        fileprivate mutating func index(of method: String) -> Int {
            if let index = series.firstIndex(where: { $0.method == method }) { return index }
            series.append(Series(method: method))
            return series.count - 1
        }
    }

    /// The requests by the path template of their route.
    private(set) var routes: [String: Route] = [:]

    /// What requests that have no route are counted under.
    static let unmatched = "unmatched"

    /// The methods that requests without a route are counted under; others are one.
    private static let knownMethods: Set<String> = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]

    /// Gives an endpoint its place, with a zero for each answer it may well have, so that the first of them is a change.
    mutating func expect(_ endpoint: Endpoint) {
        var route = routes[endpoint.path] ?? Route()
        route.isPolled = endpoint.isPolled
        let index = route.index(of: endpoint.method.rawValue)
        for status in endpoint.likelyStatuses { route.series[index].expect(status: status) }
        routes[endpoint.path] = route
    }

    /// Counts a request.
    /// - Parameter path: The path template of its route, where it has one.
    /// - Returns: What it counts under, and whether that is polled.
    mutating func record(
        _ method: HTTPRequest.Method,
        _ path: String?,
        status: Int,
        duration: Duration
    ) -> (route: String, isPolled: Bool) {
        let method = method.rawValue
        // Only what was expected has a place: the router has a name of its own for what it doesn't know.
        guard let path, let index = routes.index(forKey: path) else {
            let known = Self.knownMethods.contains(method) ? method : "other"
            routes[Self.unmatched, default: Route()].record(known, status: status, duration: duration)
            return (Self.unmatched, false)
        }
        routes.values[index].record(method, status: status, duration: duration)
        return (path, routes.values[index].isPolled)
    }
}

extension RequestStatistics.Route {
    fileprivate mutating func record(_ method: String, status: Int, duration: Duration) {
        series[index(of: method)].record(status: status, duration: duration)
    }
}

extension Endpoint {
    /// The answers to look out for: those of a request that succeeds, and those that count against the service.
    fileprivate var likelyStatuses: [Int] {
        operation.answers.map(\.status) + [500] + (operation.asksUpstream ? [502, 503, 504] : [])
    }
}
