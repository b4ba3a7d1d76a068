/// Where an answer came from, and how old it may be.
public struct Freshness: Sendable, Equatable {
    /// Where an answer came from.
    public enum Source: Sendable, Equatable {
        /// The events API was asked for this request.
        case fetched(Miss)
        /// The events API was being asked the same already, for another request.
        case joined(Miss)
        /// It was kept from an earlier request, and is fresh.
        case cached
        /// It was kept from an earlier request and is fresh no more, but asking again failed for this reason.
        case stale(because: ServiceError)
    }

    /// Why nothing that was kept could answer.
    public enum Miss: Sendable, Equatable {
        /// Nothing was kept.
        case absent
        /// What was kept is fresh no more.
        case expired
        /// The request asked not to be answered from the cache.
        case reload
        /// The cache is off.
        case off
    }

    /// Where the answer came from.
    public var source: Source

    /// The time since the asking for it began, for a joined list since the asking for its first part; so the events API may
    /// have said this a little later, and never earlier.
    public var age: Duration

    /// How long the answer stays fresh; negative once it is not, zero with the cache off.
    public var remaining: Duration

    /// Creates a freshness from its parts.
    public init(_ source: Source, age: Duration, remaining: Duration) {
        self.source = source
        self.age = age
        self.remaining = remaining
    }

    /// Why the answer is older than it should be; `nil` where it isn't.
    public var staleReason: ServiceError? {
        if case .stale(let reason) = source { reason } else { nil }
    }
}

/// Whether what is kept from earlier requests may answer a read.
public enum CachePolicy: Sendable, Equatable {
    /// It may while it is fresh, and while it is not too stale if the events API fails.
    case useCache

    /// It may not: the events API is asked, under the same policies as ever, and if it fails, the read fails.
    ///
    /// A read joins an identical one that is under way all the same, so that nobody can multiply the calls by insisting.
    case reload
}
