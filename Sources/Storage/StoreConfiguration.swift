public import struct Foundation.URL

/// Where a store is kept, and how much of it.
public struct StoreConfiguration: Sendable {
    /// Where a store is kept.
    public enum Location: Sendable, Hashable {
        /// In files of this folder, which is made where there is none.
        case folder(URL)
        /// In memory, for as long as the store is used.
        case memory
    }

    /// Where the store is kept.
    public var location: Location

    /// The most entries of the outbox that aren't delivered, refused ones included; 1 or more.
    public var maximumOutboxEntries = 100_000

    /// How long the key of a request is remembered whose process ended before it was answered, from the end of its claim.
    ///
    /// Its event may have been added: a repeat must find the event's identifier.
    public var abandonedClaimRetention = Duration.seconds(24 * 60 * 60)

    /// How long a write waits for those of other processes.
    public var busyTimeout = Duration.seconds(5)

    /// Creates a configuration with the usual limits.
    public init(_ location: Location) {
        self.location = location
    }
}
