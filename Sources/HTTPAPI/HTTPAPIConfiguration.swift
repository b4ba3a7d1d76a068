public import Resilience

/// Where the HTTP API listens and what a connection and a request may cost.
public struct HTTPAPIConfiguration: Sendable, Equatable {
    // MARK: Where

    /// The address to listen on.
    public var host = "127.0.0.1"

    /// The port to listen on; 0 takes any free one.
    public var port = 3000

    /// The program's version, as its description shows it.
    public var version = "0"

    /// The certificate that makes it HTTPS; `nil` is HTTP.
    public var tls: TLSFiles?

    // MARK: Sizes

    /// The largest request body, in bytes.
    public var maximumBodySize = 1024 * 1024

    /// The largest request head, in bytes: its URL with the names and values of its fields.
    public var maximumHeaderSize = 32 * 1024

    /// The most header fields of a request, trailers included.
    public var maximumHeaderCount = 100

    /// The longest path with its query, in bytes.
    public var maximumURILength = 8 * 1024

    /// How much of a body that nobody wanted is read so that the connection can be kept, in bytes.
    ///
    /// Of a longer one, and of one that doesn't say how long it is, this much is read after the answer, which says
    /// `Connection: close`, so that the client gets to read that answer.
    public var maximumDrainSize = 64 * 1024

    // MARK: Times

    /// How long a connection may be without any request under way before it is closed.
    public var idleTimeout = Duration.seconds(60)

    /// How long a TLS handshake may take.
    public var handshakeTimeout = Duration.seconds(10)

    /// How long a request's head may take from its first byte to its end.
    public var headTimeout = Duration.seconds(10)

    /// How long a request's body may stop for before it is complete, while it is wanted.
    public var bodyProgressTimeout = Duration.seconds(10)

    /// How long a request's body may take altogether.
    public var bodyTimeout = Duration.seconds(60)

    /// How long a client may take nothing of an answer that it holds up.
    ///
    /// That is one that has more than 64 KiB beside what the system's buffers hold, and a connection's last one. It is
    /// looked for that often, so that a client that took something in the meantime may have up to twice that time.
    public var writeProgressTimeout = Duration.seconds(30)

    /// How long a connection is read from after its last answer, for a client that is still sending: to one that finds
    /// its connection closed under its feet the answer may be lost (RFC 9112, section 9.6).
    public var lingerTimeout = Duration.seconds(2)

    // MARK: Numbers

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

    /// The most streams of one client at once, by its token or else its address, of which this machine's have no limit;
    /// further ones are refused.
    public var maximumStreamsPerClient = 20

    /// The most connections at once from one address other than this machine's, an IPv6 network of 64 bits being one;
    /// further ones are closed at once.
    public var maximumConnectionsPerClient = 1000

    /// Creates the default configuration.
    public init() {}
}
