import NIOCore
import Testing

@testable import EventService

@Suite("What the read cache keeps")
struct ReadCacheTests {
    private typealias Settings = EventServiceConfiguration.Cache

    private static let settings = Settings(lifetime: .seconds(1), staleIfError: .seconds(10), maximumSize: 10_000)

    private static func answer(_ text: String, asOf: Duration = .zero) -> Representation {
        let body = ByteBuffer(string: text)
        return Representation(body: body, entityTag: EntityTag(of: body), asOf: asOf)
    }

    private func text(_ lookup: ReadCache.Lookup) -> String? {
        if case .fresh(let kept) = lookup { String(buffer: kept.body) } else { nil }
    }

    private func keep(_ text: String, under key: ReadKey, in cache: inout ReadCache) {
        let fetch = cache.begin(key)
        _ = cache.succeed(fetch, with: Self.answer(text))
    }

    @Test("An answer is fresh until it is as old as the lifetime, and of use until it is as old as both times together")
    func edges() {
        var cache = ReadCache(Self.settings)
        keep("a", under: .users, in: &cache)
        #expect(text(cache.lookUp(.users, at: .nanoseconds(999_999_999))) == "a")
        guard case .expired = cache.lookUp(.users, at: .seconds(1)) else {
            Issue.record("still fresh")
            return
        }
        #expect(cache.lookUpAfterFailure(.users, at: .seconds(11)) != nil)
        #expect(cache.lookUpAfterFailure(.users, at: .seconds(11) + .nanoseconds(1)) == nil)
        #expect(cache.statistics.staleAnswers == 1)
        #expect(cache.statistics.hits == 1)
    }

    @Test("A fetch that began before an invalidation keeps nothing, whether it ends before or after the next one")
    func invalidatedFetch() {
        var cache = ReadCache(Self.settings)
        let early = cache.begin(.users)
        _ = cache.invalidate([.users])
        _ = cache.succeed(early, with: Self.answer("early"))
        #expect(text(cache.lookUp(.users, at: .zero)) == nil)

        let second = cache.begin(.users)
        _ = cache.invalidate([.users])
        let late = cache.begin(.users)
        _ = cache.succeed(late, with: Self.answer("late"))
        _ = cache.succeed(second, with: Self.answer("second"))
        #expect(text(cache.lookUp(.users, at: .zero)) == "late")
    }

    @Test("What an earlier fetch didn't find doesn't remove what a later one brought")
    func lateNotFound() {
        var cache = ReadCache(Self.settings)
        let early = cache.begin(.event("e"))
        _ = cache.invalidate([.event("e")])
        keep("added", under: .event("e"), in: &cache)
        _ = cache.fail(early, isGone: true)
        #expect(text(cache.lookUp(.event("e"), at: .zero)) == "added")

        let next = cache.begin(.event("e"))
        _ = cache.fail(next, isGone: true)
        #expect(text(cache.lookUp(.event("e"), at: .zero)) == nil)
    }

    @Test("Nothing is remembered of fetches that are over, whatever became of them")
    func fetchesLeave() {
        var cache = ReadCache(Self.settings)
        for number in 0..<100 {
            let fetch = cache.begin(.user("\(number)"))
            let again = cache.begin(.user("\(number)"))
            #expect(cache.pendingFetches == 1)
            if number % 3 == 0 { _ = cache.invalidate([.user("\(number)")]) }
            _ = cache.succeed(fetch, with: nil)
            _ = cache.fail(again, isGone: number % 2 == 0)
            #expect(cache.pendingFetches == 0)
        }
        #expect(cache.statistics.entries == 0)
        #expect(cache.statistics.misses == 200)
    }

    @Test("Keys of different kinds, and of different bytes, have answers of their own")
    func keys() {
        let keys: [ReadKey] = [
            .users, .events, .user("1"), .event("1"), .events(ofUser: "1", partial: true),
            .events(ofUser: "1", partial: false), .user("\u{E9}"), .user("e\u{301}"), .user(""), .user("2"),
        ]
        var cache = ReadCache(Self.settings)
        for (number, key) in keys.enumerated() { keep("\(number)", under: key, in: &cache) }
        #expect(keys.map { text(cache.lookUp($0, at: .zero)) } == keys.indices.map { "\($0)" })
        #expect(ReadKey.user("a") == .user("a"))
    }

    @Test("Bodies, identifiers and a fixed amount for each answer count; the one used longest ago leaves")
    func bytes() {
        let body = String(repeating: "x", count: 1024)
        let cost = 1024 + 3 + Representation.overhead
        var cache = ReadCache(Settings(lifetime: .seconds(1), staleIfError: .zero, maximumSize: 3 * cost))
        for id in ["1st", "2nd", "3rd"] { keep(body, under: .user(id), in: &cache) }
        #expect(cache.statistics.bytes == 3 * cost)
        #expect(text(cache.lookUp(.user("1st"), at: .zero)) != nil)
        keep(body, under: .user("4th"), in: &cache)
        #expect(cache.statistics.evictions == 1)
        #expect(cache.statistics.entries == 3)
        #expect(text(cache.lookUp(.user("2nd"), at: .zero)) == nil)
        #expect(text(cache.lookUp(.user("1st"), at: .zero)) != nil)
    }

    @Test("An answer that is larger than everything may be is not kept, and pushes nothing out but its predecessor")
    func tooLarge() {
        var cache = ReadCache(Self.settings)
        keep("small", under: .users, in: &cache)
        keep("small", under: .events, in: &cache)
        keep(String(repeating: "x", count: 10_001), under: .events, in: &cache)
        #expect(text(cache.lookUp(.users, at: .zero)) == "small")
        #expect(text(cache.lookUp(.events, at: .zero)) == nil)
        #expect(cache.statistics.evictions == 0)
    }

    @Test("A slice of something large is copied, so that what is counted is what is kept alive")
    func slices() {
        var large = ByteBuffer(repeating: 0x20, count: 65_536)
        let slice = large.readSlice(length: 100) ?? ByteBuffer()
        #expect(slice.storageCapacity == 65_536)
        #expect(slice.compacted().storageCapacity <= 200)
        #expect(slice.compacted() == slice)
        let whole = ByteBuffer(repeating: 0x20, count: 40_000)
        #expect(whole.compacted().storageCapacity == whole.storageCapacity, "a copy would be no smaller")
    }
}
