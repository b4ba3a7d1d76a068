import EventService
import EventServiceTestSupport
import NIOCore
import TestSupport
import Testing

@Suite("Reads with the cache on", .timeLimit(.minutes(3)))
struct CachedReadsTests {
    private static let events = ["a", "b"]

    @Test("within the lifetime get the same answer and ask nothing, and then ask again", arguments: Read.allCases)
    func lifetime(read: Read) async throws {
        let harness = try ServiceHarness.caching(.working(events: Self.events))
        let first = try await read.answer(harness)
        #expect(first.freshness == Freshness(.fetched(.absent), age: .zero, remaining: .seconds(1)))

        harness.clock.advance(by: .milliseconds(999))
        let hit = try await read.answer(harness)
        #expect(hit.freshness == Freshness(.cached, age: .milliseconds(999), remaining: .milliseconds(1)))
        #expect(hit.text == first.text)
        #expect(hit.entityTag == first.entityTag)
        #expect(hit.entityTag == EntityTag(of: first.body))
        #expect(harness.api.record.calls.count == read.calls)

        harness.clock.advance(by: .milliseconds(1))
        let again = try await read.answer(harness)
        #expect(again.freshness == Freshness(.fetched(.expired), age: .zero, remaining: .seconds(1)))
        #expect(harness.api.record.calls.count == 2 * read.calls)
    }

    @Test("count their age from the moment they asked, not from that of the answer", arguments: Read.allCases)
    func age(read: Read) async throws {
        let gate = Gate()
        let harness = try ServiceHarness.caching(held(by: gate))
        async let first = read.answer(harness)
        try await harness.api.wait { $0.underWay == 1 }
        harness.clock.advance(by: .milliseconds(400))
        gate.open()
        #expect(try await first.freshness.age == .milliseconds(400))
        #expect(try await read.answer(harness).freshness.remaining == .milliseconds(600))
    }

    @Test("that want no kept answer get none, and theirs is kept for others", arguments: Read.allCases)
    func reload(read: Read) async throws {
        let harness = try ServiceHarness.caching(.working(events: Self.events))
        _ = try await read.answer(harness)
        harness.clock.advance(by: .milliseconds(500))
        #expect(try await read.answer(harness, .reload).freshness.source == .fetched(.reload))
        #expect(harness.api.record.calls.count == 2 * read.calls)
        harness.clock.advance(by: .milliseconds(900))
        #expect(try await read.answer(harness).freshness.age == .milliseconds(900))
    }

    @Test("that join another say so, also those that want no kept answer", arguments: Read.allCases)
    func joined(read: Read) async throws {
        let gate = Gate()
        let harness = try ServiceHarness.caching(held(by: gate))
        try await withThrowingTaskGroup(of: Freshness.Source.self) { group in
            group.addTask { try await read.answer(harness).freshness.source }
            try await harness.api.wait { $0.underWay == 1 }
            for policy in [CachePolicy.reload, .useCache] {
                group.addTask { try await read.answer(harness, policy).freshness.source }
            }
            for _ in 0..<1_000 { await Task.yield() }
            gate.open()
            var sources: [Freshness.Source] = []
            for try await source in group { sources.append(source) }
            #expect(sources.count { $0 == .fetched(.absent) } == 1)
            #expect(sources.count { $0 == .joined(.absent) } == 1)
            #expect(sources.count { $0 == .joined(.reload) } == 1)
        }
        #expect(harness.api.record.calls.count == read.calls)
        #expect(harness.service.cacheStatistics.joined == 2)
        #expect(harness.service.cacheStatistics.misses == 1)
    }

    @Test("with the cache off, by either of its settings, keep nothing", arguments: Read.allCases, [true, false])
    func off(read: Read, byLifetime: Bool) async throws {
        let harness = try ServiceHarness.caching(.working(events: Self.events)) {
            if byLifetime { $0.cache.lifetime = .zero } else { $0.cache.maximumSize = 0 }
        }
        for _ in 0..<2 {
            #expect(try await read.answer(harness).freshness == Freshness(.fetched(.off), age: .zero, remaining: .zero))
        }
        harness.api.setScript(FakeEventsAPI.failure(.refused))
        #expect(await read.result(harness).error?.kind == .busy)
        #expect(harness.service.cacheStatistics.entries == 0)
    }

    @Test("of a partial list keep it only if it is complete")
    func incomplete() async throws {
        let harness = try ServiceHarness.caching(lacking("b"))
        let list = try await Read.partialEventsOfUser.answer(harness)
        #expect(list.missing == ["b"])
        #expect(list.entityTag != EntityTag(of: list.body))
        #expect(harness.service.cacheStatistics.entries == 0)
        harness.api.setScript(FakeEventsAPI.success(events: Self.events))
        #expect(try await Read.partialEventsOfUser.answer(harness).missing.isEmpty)
        #expect(try await Read.partialEventsOfUser.answer(harness).freshness.source == .cached)
        #expect(try await Read.eventsOfUser.answer(harness).freshness.source == .fetched(.absent))
    }

    @Test("are counted: hits, misses, and what is kept")
    func statistics() async throws {
        let harness = try ServiceHarness.caching(.working(events: Self.events))
        for read in Read.allCases {
            for _ in 0..<3 { _ = try await read.answer(harness) }
        }
        let statistics = harness.service.cacheStatistics
        #expect(statistics.misses == 6)
        #expect(statistics.hits == 12)
        #expect(statistics.entries == 6)
        #expect(statistics.joined == 0)
        #expect(statistics.bytes > 6 * 500)
    }

    private func held(by gate: Gate) -> FakeEventsAPI {
        FakeEventsAPI { (call, context) throws(UpstreamError) in
            try await gate.pass()
            return try await FakeEventsAPI.success(events: Self.events)(call, context)
        }
    }

    private func lacking(_ id: String) -> FakeEventsAPI {
        FakeEventsAPI { (call, context) throws(UpstreamError) in
            if call == .event(id: id) { throw .tooLarge(limit: 1) }
            return try await FakeEventsAPI.success(events: Self.events)(call, context)
        }
    }
}
