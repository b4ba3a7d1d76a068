import Resilience

extension Group {
    /// Limits of rate and concurrency, with so many threads at once using the same one.
    static func limits(threads: Int) throws -> Group {
        var group = Group("limits, \(threads == 1 ? "one thread" : "\(threads) threads")")
        group.add("no limit", threads: threads) { work() }

        let fixed = ConcurrencyLimit(configuration: try ConcurrencyLimitConfiguration(fixed: 1_000))
        group.add("fixed concurrency limit: admit, succeed", threads: threads) {
            guard case .admitted(let permit) = fixed.admit() else { return }
            work()
            permit.succeed()
        }

        let adaptive = ConcurrencyLimit()
        group.add("adaptive concurrency limit: admit, succeed", threads: threads) {
            guard case .admitted(let permit) = adaptive.admit() else { return }
            work()
            permit.succeed()
        }

        let rate = try RateLimit(tokens: 1_000_000_000, per: .seconds(1), burst: 1_000_000_000)
        let bucket = RateLimiter(rate)
        group.add("rate limiter, one bucket: take", threads: threads) {
            guard case .admitted = bucket.take() else { return }
            work()
        }

        let buckets = try RateLimiter<Int>(rate, maximumKeys: 10_000)
        group.add("rate limiter, by key: take", threads: threads) {
            guard case .admitted = buckets.take(for: 1) else { return }
            work()
        }
        return group
    }
}
