/// The read cache as a pure value: which answers are kept, which of them may still be given, and which fetches may add to
/// them.
///
/// Memory is bounded by `maximumSize` and by the fetches under way.
struct ReadCache: Sendable {
    /// A fetch under way; it may add its answer until its key is invalidated or fetched anew.
    struct Fetch: Sendable {
        fileprivate let key: ReadKey
        fileprivate let number: UInt64
    }

    /// What is kept of a key.
    enum Lookup: Sendable {
        case fresh(Representation)
        case expired
        case absent
    }

    private(set) var settings: EventServiceConfiguration.Cache
    private var answers: LRUStore<ReadKey, Representation>
    private var counts = CacheStatistics()
    private var lastFetch: UInt64 = 0
    /// The fetch of each key that began last, while it is under way and its key wasn't invalidated since.
    private var fetches: [ReadKey: UInt64] = [:]

    init(_ settings: EventServiceConfiguration.Cache) {
        self.settings = settings
        self.answers = LRUStore(maximumCost: settings.maximumSize)
    }

    /// The fetches that may still add their answer.
    var pendingFetches: Int { fetches.count }

    var statistics: CacheStatistics {
        var statistics = counts
        statistics.evictions = answers.evictions
        statistics.entries = answers.count
        statistics.bytes = answers.cost
        return statistics
    }

    /// Replaces the settings; where the cache is off from now on, it forgets everything.
    /// - Returns: The answers that left, to be released outside of any lock.
    mutating func reconfigure(_ settings: EventServiceConfiguration.Cache) -> [Representation] {
        self.settings = settings
        if !settings.isOn { fetches = [:] }
        return answers.limit(to: settings.isOn ? settings.maximumSize : 0)
    }

    // MARK: - Reading

    /// What a read may be answered with at once; a fresh answer counts as a hit.
    mutating func lookUp(_ key: ReadKey, at now: Duration) -> Lookup {
        guard let kept = answers.use(key) else { return .absent }
        guard now - kept.asOf < settings.lifetime else { return .expired }
        counts.hits += 1
        return .fresh(kept)
    }

    /// What a read may be answered with after the events API failed; one that is no more fresh counts as stale.
    mutating func lookUpAfterFailure(_ key: ReadKey, at now: Duration) -> Representation? {
        guard let kept = answers.use(key) else { return nil }
        let age = now - kept.asOf
        guard age <= settings.lifetime + settings.staleIfError else { return nil }
        if age >= settings.lifetime { counts.staleAnswers += 1 }
        return kept
    }

    mutating func countJoined() {
        counts.joined += 1
    }

    // MARK: - Fetching

    /// A fetch begins; whatever it brings is from now or later.
    mutating func begin(_ key: ReadKey) -> Fetch {
        counts.misses += 1
        lastFetch += 1
        if settings.isOn { fetches[key] = lastFetch }
        return Fetch(key: key, number: lastFetch)
    }

    /// A fetch brought an answer, `nil` for one that is not to be kept.
    /// - Returns: The answers that left, to be released outside of any lock.
    mutating func succeed(_ fetch: Fetch, with answer: Representation?) -> [Representation] {
        guard end(fetch), let answer else { return [] }
        return answers.insert(answer, for: fetch.key, cost: answer.cost(under: fetch.key))
    }

    /// A fetch failed.
    /// - Parameter isGone: Whether that says that there is nothing under the key any more.
    /// - Returns: The answer that left, to be released outside of any lock.
    mutating func fail(_ fetch: Fetch, isGone: Bool) -> Representation? {
        end(fetch) && isGone ? answers.remove(fetch.key) : nil
    }

    /// Forgets what is kept under keys, and what fetches under way will bring.
    /// - Returns: The answers that left, to be released outside of any lock.
    mutating func invalidate(_ keys: [ReadKey]) -> [Representation] {
        keys.compactMap { key in
            fetches[key] = nil
            return answers.remove(key)
        }
    }

    /// Whether the fetch, which is over now, is the last of its key and its key wasn't invalidated since it began.
    private mutating func end(_ fetch: Fetch) -> Bool {
        guard fetches[fetch.key] == fetch.number else { return false }
        fetches[fetch.key] = nil
        return true
    }
}
