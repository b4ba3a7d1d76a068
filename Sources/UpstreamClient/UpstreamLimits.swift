public import AsyncHTTPClient
public import NIOCore

/// What one call to the events API may cost.
public struct UpstreamLimits: Sendable, Equatable {
    /// The largest body that is read, in bytes.
    public var maximumBodySize = 16 * 1024 * 1024

    /// How long a connection may take to be made.
    public var connectTimeout: TimeAmount = .seconds(2)

    /// The most connections to the events API at once; further calls wait for one of them.
    public var maximumConnections = 512

    /// How long a connection that nobody uses is kept.
    public var idleTimeout: TimeAmount = .seconds(30)

    /// Creates the default limits.
    public init() {}
}

extension HTTPClient {
    /// A client fit for `HTTPEventsAPI`: every failure is seen at once and by the caller.
    ///
    /// Redirects are not followed, connections not retried behind the caller's back, bodies not decompressed.
    public static func forUpstream(limits: UpstreamLimits = UpstreamLimits(), eventLoopGroup: any EventLoopGroup)
        -> HTTPClient
    {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: limits.connectTimeout),
            connectionPool: .init(
                idleTimeout: limits.idleTimeout,
                concurrentHTTP1ConnectionsPerHostSoftLimit: limits.maximumConnections
            )
        )
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroup: eventLoopGroup, configuration: configuration)
    }
}
