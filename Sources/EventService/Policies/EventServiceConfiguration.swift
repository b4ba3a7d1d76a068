public import Resilience

/// The policies around the calls to the events API.
public struct EventServiceConfiguration: Sendable {
    /// How often a failed call is tried again, and after how long.
    public struct Retries: Sendable, Equatable {
        /// The most retries of one call; 0 tries once.
        public var maximum: Int

        /// The first delay; it doubles with every retry up to 5 s, and each is shortened at random (full jitter).
        public var firstDelay: Duration

        /// Creates retries from their parts.
        public init(maximum: Int, firstDelay: Duration) {
            self.maximum = maximum
            self.firstDelay = firstDelay
        }
    }

    /// How many retries all routes may make together.
    public struct RetryLimits: Sendable, Equatable {
        /// Retries for every request; 0 to 1.
        public var share: Double

        /// Retries that may be made within `window` however few requests there are; 0 or more.
        public var minimum: Int

        /// How long requests and retries count; above zero.
        public var window: Duration

        /// Creates limits from their parts.
        public init(share: Double, minimum: Int, window: Duration) {
            self.share = share
            self.minimum = minimum
            self.window = window
        }
    }

    /// What is kept of reads, to answer the same again.
    public struct Cache: Sendable, Equatable {
        /// How long an answer is fresh, from the moment that the events API was asked for it; zero turns the cache off.
        public var lifetime: Duration

        /// For how long after that it still answers a read that fails because the events API does.
        public var staleIfError: Duration

        /// The most bytes that all answers may take with what is known of them; zero turns the cache off.
        ///
        /// Those asked for longest ago leave first, and a larger answer is not kept at all.
        public var maximumSize: Int

        /// Creates a cache's settings from their parts.
        public init(lifetime: Duration, staleIfError: Duration, maximumSize: Int) {
            self.lifetime = lifetime
            self.staleIfError = staleIfError
            self.maximumSize = maximumSize
        }

        var isOn: Bool { lifetime > .zero && maximumSize > 0 }
    }

    /// What is done with an event that can't be delivered now.
    public enum WhenDown: String, Sendable, Hashable, CaseIterable {
        /// Adding it fails.
        case reject
        /// It is kept and delivered later.
        case queue
    }

    /// How kept events are delivered.
    public struct Outbox: Sendable, Equatable {
        /// The most deliveries under way at once; 1 or more.
        public var maximumDeliveries: Int

        /// How long an event that was delivered can still be looked up.
        public var keepsDelivered: Duration

        /// Creates settings from their parts.
        public init(maximumDeliveries: Int, keepsDelivered: Duration) {
            self.maximumDeliveries = maximumDeliveries
            self.keepsDelivered = keepsDelivered
        }
    }

    /// How much of what happened is kept over restarts.
    public struct History: Sendable, Equatable {
        /// How long a failure or a change of state is kept.
        public var retention: Duration

        /// The most of them, the newest; 1 or more.
        public var maximumEntries: Int

        /// Creates settings from their parts.
        public init(retention: Duration, maximumEntries: Int) {
            self.retention = retention
            self.maximumEntries = maximumEntries
        }
    }

    /// When a route's breaker opens, and how it recovers.
    public var breaker = CircuitBreakerConfiguration()

    /// Retries of reads.
    public var readRetries = Retries(maximum: 3, firstDelay: .milliseconds(500))

    /// Retries of adding an event.
    public var addRetries = Retries(maximum: 2, firstDelay: .milliseconds(100))

    /// The retries of all routes together.
    ///
    /// A call that finds no room for its retry fails with the error that it has.
    public var retryLimits = RetryLimits(share: 0.2, minimum: 3, window: .seconds(10))

    /// How long one attempt may take.
    public var attemptTimeout = Duration.seconds(5)

    /// How long a request may take with all its retries and waits.
    public var requestDeadline = Duration.seconds(15)

    /// How many calls to the events API one request may have under way.
    public var fanOutLimit = 50

    /// What is kept of reads.
    public var cache = Cache(lifetime: .seconds(1), staleIfError: .seconds(300), maximumSize: 64 * 1024 * 1024)

    /// What is done with an event that can't be delivered now, unless its request says otherwise.
    public var whenDown = WhenDown.reject

    /// How kept events are delivered.
    public var outbox = Outbox(maximumDeliveries: 16, keepsDelivered: .seconds(24 * 3600))

    /// How long the answer to a request with a key is given to its repeats.
    public var keepsAnswers = Duration.seconds(24 * 3600)

    /// How much of what happened is kept over restarts.
    public var history = History(retention: .seconds(7 * 86_400), maximumEntries: 100_000)

    /// What the callers of the routes are promised; nothing for one that is missing.
    ///
    /// A user's list of events is an answer of `getEventById`, of which it takes most: one of it, whatever it asks for.
    public var objectives: [UpstreamRoute: RouteObjectives] = Dictionary(
        uniqueKeysWithValues: UpstreamRoute.allCases.map { ($0, RouteObjectives()) }
    )

    /// How many events a user may have for them to be listed.
    public var maximumEventsPerUser = 100_000

    /// The largest list of a user's events, in bytes.
    public var maximumListSize = 64 * 1024 * 1024

    /// Creates the default policies.
    public init() {}
}
