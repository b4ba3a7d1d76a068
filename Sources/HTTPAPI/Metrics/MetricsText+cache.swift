import EventService

extension MetricsText {
    /// The cache of reads.
    mutating func add(_ cache: CacheStatistics) {
        let reads = metric("evenkeel_cache_reads_total", .counter, "Reads, by what the cache had for them.")
        sample(reads, ["result": "hit"], cache.hits)
        sample(reads, ["result": "joined"], cache.joined)
        sample(reads, ["result": "miss"], cache.misses)
        let stale = metric(
            "evenkeel_cache_stale_answers_total",
            .counter,
            "Stale answers given because asking again failed."
        )
        sample(stale, [:], cache.staleAnswers)
        let evictions = metric("evenkeel_cache_evictions_total", .counter, "Answers that left to make room.")
        sample(evictions, [:], cache.evictions)
        let entries = metric("evenkeel_cache_entries", .gauge, "Answers that are kept.")
        sample(entries, [:], cache.entries)
        let bytes = metric("evenkeel_cache_bytes", .gauge, "What the answers that are kept take.")
        sample(bytes, [:], cache.bytes)
    }
}
