import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import NIOTLS
import TestSupport
import Testing

/// A connection to a live server, as bytes.
final class RawClient: Sendable {
    private let channel: any Channel
    private let state: Observed<RawClientState>

    private init(channel: any Channel, state: Observed<RawClientState>) {
        self.channel = channel
        self.state = state
    }

    /// Connects to a server on this machine, and hangs up after `body`.
    static func run<T: Sendable>(
        port: Int?,
        tls: NIOSSLContext? = nil,
        _ body: (RawClient) async throws -> T
    ) async throws -> T {
        let client = try await connect(port: port, tls: tls)
        let result: Result<T, any Error>
        do {
            result = .success(try await body(client))
        } catch {
            result = .failure(error)
        }
        await client.close()
        return try result.get()
    }

    /// Connects to a server on this machine.
    /// - Parameters:
    ///   - tls: What secures the connection; `nil` is plain text.
    ///   - isReading: Whether it takes what it is sent; if not, not much before `beginReading` is called.
    /// - Throws: Whatever the connection fails with; a TLS handshake only ends it.
    static func connect(port: Int?, tls: NIOSSLContext? = nil, isReading: Bool = true) async throws -> RawClient {
        let state = Observed(RawClientState())
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.autoRead, value: isReading)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        let handler = try NIOSSLClientHandler(context: tls, serverHostname: "localhost")
                        try channel.pipeline.syncOperations.addHandler(handler)
                    }
                    try channel.pipeline.syncOperations.addHandler(RawClientHandler(state: state))
                }
            }
            .connect(host: "localhost", port: try #require(port)).get()
        return RawClient(channel: channel, state: state)
    }

    /// Sends text as it stands.
    func send(_ text: String) async throws {
        try await send(bytes: ByteBuffer(string: text))
    }

    /// Sends bytes as they stand.
    func send(bytes: ByteBuffer) async throws {
        try await channel.writeAndFlush(bytes)
    }

    /// Sends a request without a body.
    func get(_ path: String, method: String = "GET", headers: [String] = []) async throws {
        try await send(
            (["\(method) \(path) HTTP/1.1", "Host: localhost"] + headers).joined(separator: "\r\n") + "\r\n\r\n"
        )
    }

    /// Sends a request with a JSON body.
    func post(_ path: String, body: String) async throws {
        try await send(
            "POST \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
        )
    }

    /// The next answer, as soon as all of it is there.
    /// - Parameter hasBody: Whether it has the body whose length it names; the answer to a HEAD hasn't.
    func answer(hasBody: Bool = true) async throws -> RawResponse {
        try await state.wait { state in
            var received = state.received
            return state.isEnded || RawResponse(readingFrom: &received, hasBody: hasBody) != nil
        }
        return try #require(
            state.change { RawResponse(readingFrom: &$0.received, hasBody: hasBody) },
            "the connection ended without a whole answer"
        )
    }

    /// Returns when the server has ended the connection.
    func waitForEnd() async throws {
        try await state.wait { $0.isEnded }
    }

    /// Returns as soon as what came and was not read meets a condition.
    func wait(until condition: @escaping @Sendable (String) -> Bool) async throws {
        try await state.wait { $0.isEnded || condition(String(buffer: $0.received)) }
        try #require(condition(leftOver), "the connection ended before")
    }

    /// Whether the TLS handshake succeeds.
    func isSecured() async throws -> Bool {
        try await state.wait { $0.isSecured || $0.isEnded }
        return state.value.isSecured
    }

    /// What the two sides have agreed to speak in the TLS handshake.
    var negotiatedProtocol: String? { state.value.negotiatedProtocol }

    /// Takes what it is sent from now on.
    func beginReading() async throws {
        try await channel.setOption(.autoRead, value: true).get()
    }

    /// Bytes that came and were no part of an answer that was read.
    var leftOver: String { String(buffer: state.value.received) }

    /// Hangs up.
    func close() async {
        // It may be closed already, which is all that is wanted.
        _ = try? await channel.close()
    }

    /// Says that nothing more will be sent, and goes on listening.
    func closeOutput() async throws {
        try await channel.close(mode: .output)
    }

    /// Hangs up by a reset.
    func reset() async throws {
        try await (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        await close()
    }
}

/// What a raw client has seen.
struct RawClientState: Sendable {
    var received = ByteBuffer()
    var isEnded = false
    var isSecured = false
    var negotiatedProtocol: String?
}

private final class RawClientHandler: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    private let state: Observed<RawClientState>

    init(state: Observed<RawClientState>) {
        self.state = state
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        state.change { _ = $0.received.writeImmutableBuffer(bytes) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case .handshakeCompleted(let negotiated) = event as? TLSUserEvent else { return }
        state.change {
            $0.isSecured = true
            $0.negotiatedProtocol = negotiated
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        state.change { $0.isEnded = true }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
