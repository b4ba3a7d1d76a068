public import Resilience

/// Where the HTTP API listens and what a request may cost.
public struct HTTPAPIConfiguration: Sendable, Equatable {
    /// The address to listen on.
    public var host = "127.0.0.1"

    /// The port to listen on; 0 takes any free one.
    public var port = 3000

    /// The program's version, as its description shows it.
    public var version = "0"

    /// The largest request body, in bytes.
    public var maximumBodySize = 1024 * 1024

    /// The largest request head, in bytes.
    public var maximumHeaderSize = 32 * 1024

    /// The most header fields of a request.
    public var maximumHeaderCount = 100

    /// The longest path with its query, in bytes.
    public var maximumURILength = 8 * 1024

    /// How long a connection may be without any request under way before it is closed.
    public var idleTimeout = Duration.seconds(60)

    /// The most connections at once; further ones wait to be accepted.
    public var maximumConnections = 10_000

    /// The tokens of which every request needs one, but those for whether the service lives and for its description; `nil`
    /// where none is needed.
    ///
    /// Without tokens everything is allowed on loopback. On any other host reading and adding are, and changing how the
    /// service behaves is off.
    public var tokens: AccessTokens?

    /// The origins whose pages may use the API from a browser.
    public var allowedOrigins = AllowedOrigins.none

    /// How much each client may ask for, by its token or else its address; `nil` is no limit.
    public var rateLimit: RateLimit?
    /// The most streams of events at once, 1 to 1,000,000; further ones are refused.
    public var maximumStreams = 100

    /// Creates the default configuration.
    public init() {}
}
