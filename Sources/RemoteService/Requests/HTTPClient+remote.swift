public import AsyncHTTPClient
public import NIOCore

extension HTTPClient {
    /// A client fit for `RemoteService`.
    ///
    /// Redirects are not followed, so that a token goes nowhere but where it belongs; connections are not retried behind the
    /// caller's back, and bodies not decompressed, so that none is larger than it seems.
    public static func forRemoteService(limits: RemoteLimits = RemoteLimits(), eventLoopGroup: any EventLoopGroup)
        -> HTTPClient
    {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: limits.connectTimeout)
        )
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroup: eventLoopGroup, configuration: configuration)
    }
}
