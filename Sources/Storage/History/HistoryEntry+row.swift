import EventService
import Foundation
import GRDB

extension HistoryEntry {
    /// Reads an entry from its row.
    init(_ row: Row) throws {
        let route = (row["route"] as String?).map(UpstreamRoute.init)
        guard let at = row.date("at"), let kind = Self.kind(row), route != .some(nil), (route == nil) == kind.hasNoRoute
        else { throw DatabaseError.unreadable("an entry of the history") }
        let entry = Timeline.Entry(
            id: UInt64(clamping: row["id"] as Int64),
            at: at,
            route: route ?? nil,
            kind: kind,
            requestID: row.text("requestID")
        )
        self.init(entry: entry, wait: row.duration("wait"))
    }

    private static func kind(_ row: Row) -> Timeline.Entry.Kind? {
        guard let message = row.text("message"), let kind = HistoryQuery.Kind(rawValue: row["kind"]) else { return nil }
        switch kind {
        case .failure:
            guard let duration = row.duration("duration"), let isProbe = row["isProbe"] as Bool? else { return nil }
            return .failure(message: message, duration: duration, isProbe: isProbe)
        case .transition:
            guard let from = row.state("fromState"), let to = row.state("toState") else { return nil }
            return .transition(from: from, to: to, reason: message)
        case .start: return .started(downtime: row.duration("duration"))
        case .stop: return .stopped
        }
    }

    /// The entry as it is stored.
    func arguments(of holder: String) -> StatementArguments {
        let common: StatementArguments = [
            "holder": holder, "id": Int64(clamping: entry.id), "at": entry.at.stored, "route": entry.route?.rawValue,
            "requestID": entry.requestID.map(StoredText.init), "wait": wait?.stored,
        ]
        return common + entry.kind.arguments
    }
}

extension Timeline.Entry.Kind {
    fileprivate var hasNoRoute: Bool {
        switch self {
        case .failure, .transition: false
        case .started, .stopped: true
        }
    }

    fileprivate var arguments: StatementArguments {
        switch self {
        case .started(let downtime): Self.arguments(.start, duration: downtime)
        case .stopped: Self.arguments(.stop, duration: nil)
        case .failure(let message, let duration, let isProbe):
            [
                "kind": HistoryQuery.Kind.failure.rawValue, "message": StoredText(message),
                "duration": duration.stored, "isProbe": isProbe, "fromState": nil, "toState": nil,
            ]
        case .transition(let from, let to, let reason):
            [
                "kind": HistoryQuery.Kind.transition.rawValue, "message": StoredText(reason),
                "duration": nil, "isProbe": nil, "fromState": from.rawValue, "toState": to.rawValue,
            ]
        }
    }

    private static func arguments(_ kind: HistoryQuery.Kind, duration: Duration?) -> StatementArguments {
        [
            "kind": kind.rawValue, "message": "", "duration": duration?.stored, "isProbe": nil, "fromState": nil,
            "toState": nil,
        ]
    }
}

extension HistoryFailures {
    /// Reads a count from its row.
    init(_ row: Row) throws {
        guard let route = UpstreamRoute(rawValue: row["route"]), let areProbes = row["isProbe"] as Bool?
        else { throw DatabaseError.unreadable("an entry of the history") }
        let since = Date(timeIntervalSince1970: Double(row["since"] as Int64))
        self.init(since: since, route: route, areProbes: areProbes, count: row["count"])
    }
}

extension Row {
    fileprivate func duration(_ column: String) -> Duration? { (self[column] as Int64?).map(Duration.nanoseconds) }

    fileprivate func state(_ column: String) -> BreakerStatus.State? {
        (self[column] as String?).flatMap(BreakerStatus.State.init)
    }
}

extension Duration {
    /// As it is stored: whole nanoseconds, at most those of 292 years.
    fileprivate var stored: Int64 {
        let (seconds, attoseconds) = components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, sumOverflow) = whole.addingReportingOverflow(attoseconds / 1_000_000_000)
        return overflow || sumOverflow ? (seconds < 0 ? .min : .max) : sum
    }
}
