import NIOCore
import Resilience
import Synchronization

/// Every read's way: the cache, then an identical read under way, then the events API, then what is left in the cache.
///
/// A read that begins after an event was added never gets an answer that was asked for before: adding invalidates what it
/// touches, in the cache and under way.
final class CachedReads: Sendable {
    /// What a read brought.
    struct Fetched: Sendable {
        var body: ByteBuffer
        /// The identifiers of what is lacking, and why the first of them is.
        var missing: [String] = []
        var failure: ServiceError?
    }

    /// The same with what is known of it.
    private struct Answer: Sendable {
        let representation: Representation
        let missing: [String]
        let failure: ServiceError?
    }

    /// Whether a caller's own fetch was begun, or it joined another's.
    private final class FetchMark: Sendable {
        private let flag = Atomic(false)
        var isSet: Bool { flag.load(ordering: .acquiring) }
        func set() { flag.store(true, ordering: .releasing) }
    }

    private let cache: Mutex<ReadCache>
    private let flights = SingleFlight<ReadKey, Answer>()
    private let time: WallClock

    init(_ settings: EventServiceConfiguration.Cache, time: WallClock) {
        self.cache = Mutex(ReadCache(settings))
        self.time = time
    }

    /// Replaces the settings; reads under way go by them from their next look on.
    func reconfigure(_ settings: EventServiceConfiguration.Cache) {
        // Released outside of the lock.
        _ = cache.withLock { $0.reconfigure(settings) }
    }

    private var settings: EventServiceConfiguration.Cache { cache.withLock { $0.settings } }

    var statistics: CacheStatistics { cache.withLock { $0.statistics } }

    /// What can be answered from the cache: at once, with a lock that is held for some instructions.
    enum Lookup {
        case answer(ServiceAnswer)
        case miss(Freshness.Miss)
    }

    /// Looks for a fresh answer that is kept.
    func lookUp(_ key: ReadKey, _ policy: CachePolicy) -> Lookup {
        let now = time.uptime
        return cache.withLock { cache in
            let settings = cache.settings
            guard settings.isOn else { return .miss(.off) }
            guard policy == .useCache else { return .miss(.reload) }
            switch cache.lookUp(key, at: now) {
            case .fresh(let kept): return .answer(Self.answer(kept, .cached, settings, now: now))
            case .expired: return .miss(.expired)
            case .absent: return .miss(.absent)
            }
        }
    }

    /// What may be answered although the events API failed.
    func kept(_ key: ReadKey, _ policy: CachePolicy, despite failure: ServiceError) -> ServiceAnswer? {
        let now = time.uptime
        return cache.withLock { cache in
            let settings = cache.settings
            guard settings.isOn, policy == .useCache, let kept = cache.lookUpAfterFailure(key, at: now) else {
                return nil
            }
            let isFresh = now - kept.asOf < settings.lifetime
            return Self.answer(kept, isFresh ? .cached : .stale(because: failure), settings, now: now)
        }
    }

    /// Answers a read that `lookUp` had no answer to: together with those that are the same, or with what is kept if that fails.
    /// - Parameter fetch: Asks the events API, within a deadline of its own: it is not cancelled while anybody waits.
    func fetch(
        _ key: ReadKey,
        _ policy: CachePolicy,
        after miss: Freshness.Miss,
        _ fetch: @escaping @Sendable () async throws -> Fetched
    ) async throws(ServiceError) -> ServiceAnswer {
        let mark = FetchMark()
        do {
            let answer = try await flights.run(key) { [self] in
                mark.set()
                return try await run(fetch, of: key)
            }
            if !mark.isSet { cache.withLock { $0.countJoined() } }
            // What lacks something is the lesser answer, if a complete one is at hand.
            if let failure = answer.failure, let kept = kept(key, policy, despite: failure) { return kept }
            return Self.answer(
                answer.representation,
                missing: answer.missing,
                mark.isSet ? .fetched(miss) : .joined(miss),
                settings,
                now: time.uptime
            )
        } catch let error as ServiceError {
            if !mark.isSet { cache.withLock { $0.countJoined() } }
            guard error.isOfUpstream, let kept = kept(key, policy, despite: error) else { throw error }
            return kept
        } catch {
            throw .givenUp
        }
    }

    /// Makes reads that begin from now on see a new event of a user.
    func invalidate(userID: String, eventID: String) {
        let touched: [ReadKey] = [
            .users, .events, .user(userID), .event(eventID),
            .events(ofUser: userID, partial: false), .events(ofUser: userID, partial: true),
        ]
        // The cache first: a fetch that begins in between is new enough for both.
        _ = cache.withLock { $0.invalidate(touched) }
        touched.forEach(flights.invalidate)
    }

    // MARK: - Asking the events API

    private func run(_ fetch: @Sendable () async throws -> Fetched, of key: ReadKey) async throws -> Answer {
        let start = time.uptime
        let ticket = cache.withLock { $0.begin(key) }
        do {
            let fetched = try await fetch()
            let representation = Representation(
                body: settings.isOn ? fetched.body.compacted() : fetched.body,
                entityTag: EntityTag(of: fetched.body, missing: fetched.missing),
                asOf: start
            )
            _ = cache.withLock { $0.succeed(ticket, with: fetched.missing.isEmpty ? representation : nil) }
            return Answer(representation: representation, missing: fetched.missing, failure: fetched.failure)
        } catch {
            let isGone = (error as? ServiceError)?.kind == .notFound
            _ = cache.withLock { $0.fail(ticket, isGone: isGone) }
            throw error
        }
    }

    private static func answer(
        _ kept: Representation,
        missing: [String] = [],
        _ source: Freshness.Source,
        _ settings: EventServiceConfiguration.Cache,
        now: Duration
    ) -> ServiceAnswer {
        let age = now - kept.asOf
        let remaining = settings.isOn ? settings.lifetime - age : .zero
        return ServiceAnswer(kept, missing: missing, freshness: Freshness(source, age: age, remaining: remaining))
    }
}
