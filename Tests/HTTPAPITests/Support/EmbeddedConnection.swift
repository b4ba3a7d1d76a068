import HTTPTypes
import Logging
import NIOCore
import NIOEmbedded
import NIOHTTP1

@testable import HTTPAPI

/// A connection without a socket, on a clock that stands still, with a route that does what the test says.
final class EmbeddedConnection {
    private let channel = EmbeddedChannel()
    private let hangUp = HangUp()
    private let socket = FakeSocket()
    private let route = FakeRoute()
    private let meter = ConnectionMeter()

    init(_ configure: (inout HTTPAPIConfiguration) -> Void = { _ in }) throws {
        var configuration = HTTPAPIConfiguration()
        configure(&configuration)
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(socket)
        try pipeline.addConnectionHandlers(
            configuration,
            hangUp: hangUp,
            meter: meter,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        )
        try pipeline.addHandler(route)
        try channel.connect(to: SocketAddress(ipAddress: "192.0.2.1", port: 1)).wait()
        channel.read()
    }

    // MARK: The client

    /// Sends text, and lets the channel ask for more as it does by itself when it has a socket.
    func send(_ text: String) throws {
        try sendUnread(text)
        if channel.isActive { channel.read() }
    }

    /// Sends text that is the last one that is read for now.
    func sendUnread(_ text: String) throws {
        try channel.writeInbound(ByteBuffer(string: text))
    }

    /// Asks for more.
    func read() {
        channel.read()
    }

    /// Lets something happen to the connection.
    func happen(_ event: sending Any) {
        channel.pipeline.syncOperations.fireUserInboundEventTriggered(event)
    }

    /// Takes nothing more, and has more to take than the channel holds gladly.
    func hold() {
        channel.isWritable = false
        channel.pipeline.syncOperations.fireChannelWritabilityChanged()
    }

    /// Takes as much as leaves the channel with what it holds gladly.
    func takeMost() {
        channel.isWritable = true
        channel.pipeline.syncOperations.fireChannelWritabilityChanged()
    }

    /// Takes everything that there is, and goes on holding.
    func take() {
        channel.flush()
    }

    /// What the client got since it was asked last.
    func received() throws -> String {
        var text = ""
        while let bytes = try channel.readOutbound(as: IOData.self) {
            if case .byteBuffer(let bytes) = bytes { text += String(buffer: bytes) }
        }
        return text
    }

    /// The client was told that nothing follows.
    var isOutputClosed: Bool { socket.isOutputClosed }
    var isClosed: Bool { !channel.isActive }

    /// Returns when the work for the client is to be cancelled.
    func waitForHangUp() async {
        await hangUp.wait()
    }

    /// Closes the connection from the side of the route.
    func close() -> EventLoopFuture<Void> {
        channel.close()
    }

    /// How often the socket was asked for more.
    var reads: Int { socket.reads }

    /// What was counted.
    var statistics: ConnectionMeter.Statistics { meter.statistics }

    // MARK: The route

    /// The parts of requests that it got, as words: heads by their paths, bodies by their text.
    var requests: [String] { route.parts }
    /// The status of the error that the body ended with, if it is one of HTTP.
    var bodyError: (any Error)? { route.error }

    /// Answers a request.
    func answer(_ body: String = "ok", headers: HTTPHeaders = [:], isFramed: Bool = true) {
        var headers = headers
        if isFramed { headers.add(name: "Content-Length", value: "\(body.utf8.count)") }
        write(.head(HTTPResponseHead(version: .http1_1, status: .ok, headers: headers)))
        write(.body(.byteBuffer(ByteBuffer(string: body))))
        write(.end(nil))
        channel.flush()
    }

    func write(_ part: HTTPServerResponsePart) {
        channel.pipeline.syncOperations.write(NIOAny(part), promise: nil)
    }

    /// Begins to read a body.
    func wantBody() {
        channel.triggerUserOutboundEvent(BodyWantedEvent(), promise: nil)
    }

    // MARK: Time

    func wait(_ time: TimeAmount) {
        channel.embeddedEventLoop.advanceTime(by: time)
    }
}

/// Closes one direction alone, as sockets do.
private final class FakeSocket: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = IOData

    private(set) var isOutputClosed = false
    private(set) var reads = 0

    func read(context: ChannelHandlerContext) {
        reads += 1
        context.read()
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode == .output else { return context.close(mode: mode, promise: promise) }
        isOutputClosed = true
        promise?.succeed()
    }
}

private final class FakeRoute: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart

    private(set) var parts: [String] = []
    private(set) var error: (any Error)?

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): parts.append(head.uri)
        case .body(let bytes): parts.append(String(buffer: bytes))
        case .end: parts.append("end")
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.error = error
    }
}
