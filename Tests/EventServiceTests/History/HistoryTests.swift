import EventService
import EventServiceTestSupport
import Foundation
import TestSupport
import Testing

@Suite("What happened before", .timeLimit(.minutes(3)))
struct HistoryTests {
    private let stores = FakeStores()

    /// Opens the breaker of `getEvents` in a process that ends then.
    private func fail(_ harness: ServiceHarness) async {
        let keeping = Task { await harness.service.keepHistory() }
        _ = await harness.events()
        keeping.cancel()
        await keeping.value
    }

    private func harness() throws -> ServiceHarness {
        try ServiceHarness(.failing(.refused), stores: stores)
    }

    @Test("is written together, a moment later")
    func gathered() async throws {
        let harness = try harness()
        let keeping = Task { await harness.service.keepHistory() }
        _ = await harness.events()
        #expect(stores.history.kept.writes == 0)
        // Whoever else sleeps: the time goes on until it is written.
        while stores.history.kept.writes == 0 {
            try Task.checkCancellation()
            if harness.clock.sleepers > 0 { harness.clock.advance(by: .milliseconds(10)) }
            await Task.yield()
        }
        #expect(harness.clock.now.offset >= .milliseconds(250))
        keeping.cancel()
        await keeping.value
        let entries = stores.history.kept.entries["1"] ?? []
        // Three failures, the breaker that opens by them, and the stop, which is written as soon as it is known.
        #expect(entries.map(\.entry) == harness.service.timeline().entries)
        #expect(entries.map { HistoryQuery.Kind($0.entry.kind) } == [.failure, .failure, .failure, .transition, .stop])
        #expect(entries.map(\.wait) == [nil, nil, nil, .seconds(10), nil])
        #expect(stores.history.kept.writes == 2)
    }

    @Test("is there again in the next process, which goes on counting, with closed breakers")
    func restored() async throws {
        let before = try harness()
        await fail(before)
        let after = try harness()
        try await after.service.restoreHistory()
        let timeline = after.service.timeline()
        #expect(timeline.entries.dropLast() == before.service.timeline().entries[...])
        #expect(timeline.entries.last?.kind == .started(downtime: .zero))
        #expect(after.service.breakers().allSatisfy { $0.state == .closed })
        let lane = try #require(timeline.lanes[.getEvents])
        #expect(lane.seconds.map(\.failures).reduce(0, +) == 3)
        #expect(lane.bands.map(\.state) == [.open])
        #expect(lane.bands.last?.to == after.service.now)
        #expect(try after.breaker(.getEvents).lastFailure?.message == "connection refused")
        await fail(after)
        #expect(after.service.timeline().entries.map(\.id) == Array(0...10))
    }

    @Test("can be read page by page, from the process's own memory and then from what is kept")
    func pages() async throws {
        let harness = try harness()
        let old = (0..<300).map { number in
            HistoryEntry(
                entry: Timeline.Entry(
                    id: UInt64(number),
                    at: ServiceHarness.start.addingTimeInterval(Double(number - 300)),
                    route: number.isMultiple(of: 2) ? .getEvents : .getUsers,
                    kind: .failure(message: "\(number)", duration: .zero, isProbe: false)
                ),
                wait: nil
            )
        }
        try await stores.history.append(old, of: "1")
        try await harness.service.restoreHistory()
        await fail(harness)
        var ids: [UInt64] = []
        var query = HistoryQuery(limit: 7)
        while true {
            let page = await harness.service.timelinePage(query)
            ids += page.entries.map(\.id)
            guard let next = page.next else { break }
            query.before = next
        }
        // The start, then three failures, a transition and the stop.
        #expect(ids == Array((0..<306).reversed()))
        let users = await harness.service.timelinePage(HistoryQuery(route: .getUsers, limit: 1000))
        #expect(users.entries.count == 150)
        let changes = await harness.service.timelinePage(HistoryQuery(kind: .transition, limit: 1000))
        #expect(changes.entries.map(\.id) == [304])
    }

    @Test("never holds anything up: what can't be kept is counted")
    func dropped() async throws {
        let harness = try harness()
        stores.history.fail(StoreError(.noSpace, message: "the disk is full"))
        await fail(harness)
        #expect(harness.service.statistics().droppedHistoryEntries == 5)
        #expect(harness.service.timeline().entries.count == 5)
    }

    @Test("is not added to if it can't be read, since its entries have the same numbers")
    func unreadable() async throws {
        await fail(try harness())
        let before = stores.history.kept.entries
        let after = try harness()
        stores.history.fail(StoreError(.corrupt, message: "the file is damaged"))
        await #expect(throws: StoreError.self) { try await after.service.restoreHistory() }
        stores.history.fail(nil)
        await fail(after)
        #expect(stores.history.kept.entries == before)
        #expect(after.service.statistics().droppedHistoryEntries == 5)
    }

    @Test("is forgotten after its time, at once and every hour")
    func forgotten() async throws {
        let harness = try harness()
        let work = Task { await harness.service.runHousekeeping() }
        try await stores.history.wait { $0.forgotten.count == 1 }
        try await harness.clock.waitForSleepers(1)
        harness.clock.advance(by: .seconds(3600))
        try await stores.history.wait { $0.forgotten.count == 2 }
        work.cancel()
        await work.value
        let times = stores.history.kept.forgotten.map { ServiceHarness.offset($0.before) }
        let week: TimeInterval = 7 * 86_400
        #expect(times == [-week, 3600 - week])
        #expect(stores.history.kept.forgotten.map(\.beyond) == [100_000, 100_000])
    }
}
