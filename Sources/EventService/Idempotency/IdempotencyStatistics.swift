/// What became of the requests with a key since the service was made.
public struct IdempotencyStatistics: Sendable, Equatable {
    /// Those that were worked on.
    public internal(set) var first: UInt64 = 0
    /// Those that got the answer of an earlier one.
    public internal(set) var repeated: UInt64 = 0
    /// Those that came while the same was worked on.
    public internal(set) var underWay: UInt64 = 0
    /// Those whose key is that of a different request.
    public internal(set) var otherRequest: UInt64 = 0
    /// Those whose key couldn't be claimed.
    public internal(set) var unclaimed: UInt64 = 0
    /// Calls to the store that failed, by what stood in the way.
    public internal(set) var storeFailures: [StoreError.Kind: UInt64] = [:]
}
