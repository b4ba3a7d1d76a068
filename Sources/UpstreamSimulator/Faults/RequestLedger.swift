/// Counts of requests, of all but the control routes.
struct RequestLedger: Sendable {
    private(set) var arrived: [Route: Int] = [:]
    private(set) var underWay = 0
    private(set) var peak = 0
    private(set) var abandoned = 0

    /// Notes a request, whatever becomes of it.
    mutating func begin(_ route: Route) {
        arrived[route, default: 0] += 1
        underWay += 1
        peak = max(peak, underWay)
    }

    /// Notes that a request's answer is ready or that there won't be one.
    mutating func end(abandoned isAbandoned: Bool) {
        underWay -= 1
        if isAbandoned { abandoned += 1 }
    }

    /// Sets the counts to zero; requests under way stay under way.
    mutating func reset() {
        arrived = [:]
        abandoned = 0
        peak = underWay
    }
}
