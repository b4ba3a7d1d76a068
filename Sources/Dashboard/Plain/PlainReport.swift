public import EventService
public import Foundation
import TextUI

/// What changes, in lines that can be read aloud or kept: nothing but text, the newest last.
public struct PlainReport: Sendable {
    /// The most single failures that are told of one snapshot; the others are counted.
    static let maximumFailures = 20

    private let time: TimeText
    private var last: ServiceSnapshot?
    /// The last entry that is known, `nil` before the first.
    private var lastEntry: Timeline.Entry?
    private var lastConnection: ConnectionStatus.State?
    /// Why there is no connection, as it was told last, and by the attempt before.
    private var loss: (told: String, last: String)?

    /// Creates a report that has told nothing yet.
    public init(timeZone: TimeZone = .current) {
        time = TimeText(timeZone: timeZone)
    }

    /// What is different from what was known before, of the connection first.
    ///
    /// Parts may be untrusted: whoever prints the lines makes them safe.
    public mutating func lines(for known: KnownService, now: Date) -> [String] {
        let connection = known.connection.map { lines(for: $0.state, now: now) } ?? []
        return connection + (known.snapshot.map { lines(for: $0) } ?? [])
    }

    /// How the connection is, where it is another than before; a further attempt in vain is none.
    private mutating func lines(for connection: ConnectionStatus.State, now: Date) -> [String] {
        guard connection != lastConnection else { return [] }
        defer { lastConnection = connection }
        let words: String
        switch connection {
        case .lost(let since, let nextTry, let reason):
            guard isNews(reason, endsAttempt: nextTry != nil) else { return [] }
            words = "not connected since \(time.second(since)): \(reason)"
        case .connected: words = "connected"
        case .connecting: words = "connecting"
        }
        return ["\(time.second(now)) \(words)"]
    }

    /// Whether a reason is to be told why there is no connection: the first, and another one that two attempts had.
    ///
    /// That a service is gone has one reason when the connection breaks, and another when it can't be made again.
    private mutating func isNews(_ reason: String, endsAttempt: Bool) -> Bool {
        guard case .lost = lastConnection, let loss else {
            loss = (reason, reason)
            return true
        }
        guard endsAttempt else { return false }
        self.loss?.last = reason
        guard reason != loss.told, reason == loss.last else { return false }
        self.loss?.told = reason
        return true
    }

    /// What is different from the snapshot before; of the first one, how everything is.
    ///
    /// Parts may be untrusted: whoever prints the lines makes them safe.
    public mutating func lines(for snapshot: ServiceSnapshot) -> [String] {
        let entries = snapshot.timeline.entries
        let isOtherRun = last.map { $0.generation != snapshot.generation } ?? false
        // Whose entries go on behind the last one has kept them over the restart; any other counts anew.
        if isOtherRun, let known = lastEntry, !entries.contains(known) { lastEntry = nil }
        defer { (last, lastEntry) = (snapshot, entries.last ?? lastEntry) }
        var lines: [String] = []
        func tell(_ text: String) { lines.append("\(time.second(snapshot.takenAt)) \(text)") }
        if snapshot.upstream != last?.upstream { tell("events API: \(Self.words(snapshot.upstream))") }
        if snapshot.phase != last?.phase || snapshot.apiURL != last?.apiURL {
            tell("HTTP API: \(snapshot.phase.rawValue)" + (snapshot.apiURL.map { " at \($0)" } ?? ""))
        }
        if last != nil { lines += newEntries(entries) }
        if last == nil || isOtherRun { tell(Self.states(snapshot)) }
        for text in Self.alerts(from: last?.objectives ?? [], to: snapshot.objectives) { tell(text) }
        for text in Self.changes(from: last?.outbox, to: snapshot.outbox) { tell("outbox: \(text)") }
        return lines
    }

    private static func words(_ upstream: ServiceSnapshot.Upstream) -> String {
        upstream.scenario.map { "simulator (\($0)) at \(upstream.url)" } ?? upstream.url
    }

    private static func states(_ snapshot: ServiceSnapshot) -> String {
        let others = snapshot.breakers.filter { $0.state != .closed }
        if others.isEmpty { return "breakers: all closed" }
        return "breakers: " + others.map { "\($0.route.rawValue) \($0.state.rawValue)" }.joined(separator: ", ")
            + (others.count < snapshot.breakers.count ? ", others closed" : "")
    }

    // MARK: - What happened

    private func newEntries(_ entries: [Timeline.Entry]) -> [String] {
        let new = lastEntry.map { last in entries.filter { $0.id > last.id } } ?? entries
        guard let first = new.first, let newest = new.last else { return [] }
        var lines: [String] = []
        // No more than there are numbers up to the newest, so that it can be counted whatever these are.
        var untold = lastEntry.map { first.id - $0.id - 1 } ?? 0
        var failures = 0
        for entry in new {
            if case .failure = entry.kind {
                failures += 1
                if failures > Self.maximumFailures {
                    untold += 1
                    continue
                }
            }
            let subject = entry.route?.rawValue ?? "evenkeel"
            lines.append("\(time.second(entry.at)) \(subject): \(Self.words(entry))")
        }
        if untold > 0 { lines.append("\(time.second(newest.at)) \(untold) more failures or changes of state") }
        return lines
    }

    private static func words(_ entry: Timeline.Entry) -> String {
        switch entry.kind {
        case .failure(let message, let duration, let isProbe):
            (isProbe ? "the probe" : "a call") + " failed after \(DurationText.length(duration)): \(message)"
                + (entry.requestID.map { ", request \($0)" } ?? "")
        case .transition(let from, let to, let reason): "\(from.rawValue) -> \(to.rawValue): \(reason)"
        case .started(let downtime):
            "started" + (downtime.map { "; nothing is known of the \(DurationText.length($0)) before" } ?? "")
        case .stopped: "stopped"
        }
    }

    // MARK: - Objectives

    /// What began to burn or ended to, with how fast and what is left.
    private static func alerts(from before: [ObjectiveStatus], to after: [ObjectiveStatus]) -> [String] {
        after.compactMap { objective in
            let earlier = before.first { $0.id == objective.id }?.alert ?? .none
            guard objective.alert != earlier else { return nil }
            let budget = objective.isBudgetSpent ? "budget spent" : "\(objective.budgetText) of the budget left"
            return "objective \(objective.route.rawValue) \(objective.promise): \(objective.alert.words), \(budget)"
                + ", burning \(objective.burnText(.fiveMinutes)) over 5 min, \(objective.burnText(.hour)) over 1 h"
        }
    }

    // MARK: - The outbox

    private static func changes(
        from before: ServiceSnapshot.Outbox?,
        to after: ServiceSnapshot.Outbox?
    ) -> [String] {
        guard let after else { return [] }
        var changes: [String] = []
        let earlier = before?.status ?? OutboxStatus()
        if earlier.undelivered != after.status.undelivered || earlier.refused != after.status.refused {
            changes.append("\(after.status.undelivered) waiting, \(after.status.refused) refused")
        }
        if after.failure != before?.failure {
            changes.append(after.failure.map { "can't be used: \($0)" } ?? "can be used again")
        }
        return changes
    }
}
