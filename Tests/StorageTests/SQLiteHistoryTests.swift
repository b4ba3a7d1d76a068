import EventService
import Foundation
import GRDB
import TestSupport
import Testing

@testable import Storage

@Suite struct SQLiteHistoryTests {
    private static func failure(_ id: UInt64, _ route: UpstreamRoute = .getEvents) -> HistoryEntry {
        let kind = Timeline.Entry.Kind.failure(
            message: "status 503\0\u{1b}[2J",
            duration: .milliseconds(1500) + .nanoseconds(1),
            isProbe: id % 2 == 0
        )
        let entry = Timeline.Entry(id: id, at: start + Double(id), route: route, kind: kind, requestID: "r\0\(id)")
        return HistoryEntry(entry: entry, wait: nil)
    }

    private static func transition(_ id: UInt64) -> HistoryEntry {
        let kind = Timeline.Entry.Kind.transition(from: .closed, to: .open, reason: "3 failures")
        return HistoryEntry(
            entry: Timeline.Entry(id: id, at: start + Double(id), route: .addEvent, kind: kind),
            wait: .seconds(10)
        )
    }

    @Test func readsWhatWasKeptTheNewestFirst() async throws {
        try await withStore { store in
            let kept = [Self.failure(1), Self.transition(2), Self.failure(3, .getUsers)]
            try await store.history.append(kept, of: "1")
            try await store.history.append([Self.failure(1)], of: "2")
            #expect(try await store.history.entries(HistoryQuery(limit: 10), of: "1") == kept.reversed())
            #expect(try await store.history.entries(HistoryQuery(limit: 10), of: "2") == [Self.failure(1)])
            #expect(try await store.history.entries(HistoryQuery(limit: 10), of: "3") == [])
        }
    }

    @Test(arguments: [
        (HistoryQuery(before: 3, limit: 9), [2, 1]), (HistoryQuery(before: .max, limit: 2), [4, 3]),
        (HistoryQuery(since: start + 3, limit: 9), [4, 3]), (HistoryQuery(route: .addEvent, limit: 9), [2]),
        (HistoryQuery(kind: .failure, limit: 9), [4, 3, 1]), (HistoryQuery(kind: .transition, limit: 9), [2]),
        (HistoryQuery(before: 4, since: start + 2, route: .getUsers, kind: .failure, limit: 9), [3]),
    ])
    func readsWhatIsAskedFor(query: HistoryQuery, ids: [UInt64]) async throws {
        try await withStore { store in
            let kept = [Self.failure(1), Self.transition(2), Self.failure(3, .getUsers), Self.failure(4)]
            try await store.history.append(kept, of: "1")
            #expect(try await store.history.entries(query, of: "1").map(\.entry.id) == ids)
        }
    }

    @Test func keepsStartsAndStops() async throws {
        try await withStore { store in
            let restart = Timeline.Entry.Kind.started(downtime: .milliseconds(1500))
            let kinds: [Timeline.Entry.Kind] = [.started(downtime: nil), .stopped, restart]
            let kept = kinds.enumerated().map { number, kind in
                HistoryEntry(entry: Timeline.Entry(id: UInt64(number), at: start, route: nil, kind: kind), wait: nil)
            }
            try await store.history.append(kept, of: "1")
            #expect(try await store.history.entries(HistoryQuery(limit: 9), of: "1") == kept.reversed())
            let starts = try await store.history.entries(HistoryQuery(kind: .start, limit: 9), of: "1")
            #expect(starts.map(\.entry.id) == [2, 0])
            #expect(try await store.history.entries(HistoryQuery(route: .getUsers, limit: 9), of: "1").isEmpty)
        }
    }

    @Test func countsFailures() async throws {
        try await withStore { store in
            let kept = (0..<10).map { Self.failure($0) } + [Self.transition(10), Self.failure(11, .getUsers)]
            try await store.history.append(kept, of: "1")
            try await store.history.append([Self.failure(1)], of: "2")
            let end = start + 11.5
            let counts = try await store.history.failures(from: start + 1, to: end, per: 60, of: "1")
            let since = Date(timeIntervalSince1970: (start.timeIntervalSince1970 / 60).rounded(.down) * 60)
            #expect(
                Set(counts.map { "\($0.since == since) \($0.route) \($0.areProbes) \($0.count)" }) == [
                    "true getEvents false 5", "true getEvents true 4", "true getUsers false 1",
                ]
            )
            let seconds = try await store.history.failures(from: start, to: start + 3, per: 1, of: "1")
            #expect(seconds.map(\.since) == (0..<3).map { start - 0.125 + Double($0) })
        }
    }

    @Test func bringsAnOlderFileUpToDate() async throws {
        try await TemporaryFolder.use { folder in
            let file = folder.url.appendingPathComponent(Store.fileName).path
            let old = try DatabaseQueue(path: file)
            try DatabaseMigrator.store.migrate(old, upTo: "1")
            try await old.write { database in
                try HistoryTable(database).append(Self.failure(1), of: "1")
                try HistoryTable(database).append(Self.transition(2), of: "1")
            }
            try old.close()
            let store = try await folder.open()
            let kept = [Self.transition(2), Self.failure(1)]
            #expect(try await store.history.entries(HistoryQuery(limit: 9), of: "1") == kept)
            try await store.close()
        }
    }

    @Test func keepsAnEntryOnce() async throws {
        try await withStore { store in
            try await store.history.append([Self.failure(1)], of: "1")
            try await store.history.append([Self.failure(1), Self.transition(2)], of: "1")
            #expect(try await store.history.entries(HistoryQuery(limit: 9), of: "1").map(\.entry.id) == [2, 1])
        }
    }

    @Test func forgetsWhatIsOldOrTooMuch() async throws {
        try await withStore { store in
            try await store.history.append((1...2500).map { Self.failure($0) }, of: "1")
            try await store.history.append([Self.failure(1), Self.failure(2500)], of: "2")
            try await store.history.forget(before: start + 100, beyond: 1000)
            let first = try await store.history.entries(HistoryQuery(limit: 5000), of: "1")
            #expect(first.count + 1 == 1000 && first.last == Self.failure(1502))
            #expect(try await store.history.entries(HistoryQuery(limit: 9), of: "2") == [Self.failure(2500)])
            try await store.history.forget(before: start + 2500, beyond: 1000)
            #expect(try await store.history.entries(HistoryQuery(limit: 5000), of: "1") == [Self.failure(2500)])
        }
    }
}
