import EventService

import struct Foundation.Date

/// A circuit breaker as the HTTP API shows it.
struct BreakerMessage: Decodable {
    struct Totals: Decodable {
        let succeeded, failed, ignored, rejected, opened: UInt64
    }

    struct Failure: Decodable {
        let at: Date
        let message: String
    }

    let name: String
    let state: String
    let takenAt: Date
    let since: Date
    let probeAt: Date?
    let waitMs: Int64?
    let waitScheduleMs: [Int64]
    let openings: Int64
    let probesUnderWay: Int64
    let failures: [Date]
    let failureThreshold: Int64?
    let failureWindowMs: Int64
    let totals: Totals
    let lastFailure: Failure?

    /// The status; `nil` for a route or state that isn't known here.
    var status: BreakerStatus? {
        guard let route = UpstreamRoute(rawValue: name), let state = BreakerStatus.State(rawValue: state) else {
            return nil
        }
        var status = BreakerStatus(
            route: route,
            since: since,
            waitSchedule: [Int64](told: waitScheduleMs, atMost: 100).map(Duration.init(told:)),
            failureThreshold: failureThreshold.map(Int.init(told:)) ?? .max,
            failureWindow: Duration(told: failureWindowMs)
        )
        status.state = state
        status.probeAt = probeAt
        status.wait = waitMs.map(Duration.init(told:))
        status.openings = Int(told: openings)
        status.probesUnderWay = Int(told: probesUnderWay)
        status.failures = [Date](told: failures, atMost: 10_000)
        status.totals = BreakerStatus.Totals(totals)
        status.lastFailure = lastFailure.map { .init(at: $0.at, message: String(told: $0.message)) }
        return status
    }
}

extension BreakerStatus.Totals {
    fileprivate init(_ totals: BreakerMessage.Totals) {
        self.init()
        succeeded = totals.succeeded
        failed = totals.failed
        ignored = totals.ignored
        rejected = totals.rejected
        opened = totals.opened
    }
}
