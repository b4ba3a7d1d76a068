import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import Synchronization

@testable import HTTPAPI

/// A connection without a socket whose requests are answered with their path, at once.
final class ImmediateConnection {
    /// What happened, in its order.
    final class Log: Sendable {
        private let state = Mutex<[String]>([])
        var lines: [String] { state.withLock { $0 } }
        func add(_ line: String) { state.withLock { $0.append(line) } }
    }

    let log: Log
    private let channel: EmbeddedChannel
    private let socket: FakeSocket
    private let task = FakeTask()

    /// What is left to the writer that waits for the client.
    let written: ImmediateRequestHandler.Outbound.TestSink

    /// - Parameters:
    ///   - isOpen: Whether the connection's task has begun.
    ///   - whenAnswering: Called when a request has begun, and before its answer is written.
    init(
        name: String = "",
        on loop: EmbeddedEventLoop = EmbeddedEventLoop(),
        log: Log = Log(),
        isOpen: Bool = true,
        whenAnswering: @escaping @Sendable (any Channel) -> Void = { _ in }
    ) throws {
        self.log = log
        channel = EmbeddedChannel(loop: loop)
        socket = FakeSocket { log.add("\(name) is \($0)") }
        let outbound: ImmediateRequestHandler.Outbound
        (outbound, written) = ImmediateRequestHandler.Outbound.makeTestingWriter()
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(socket)
        let connection = try pipeline.addConnectionHandlers(
            HTTPAPIConfiguration(),
            hangUp: HangUp(),
            meter: ConnectionMeter(),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        )
        try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
        let immediate = ImmediateRequestHandler(connection) { request, channel in
            log.add("\(name) begins \(request.uri)")
            whenAnswering(channel)
            return Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(string: request.uri.string)))
        }
        try pipeline.addHandler(immediate)
        try pipeline.addHandler(task)
        try channel.connect(to: SocketAddress(ipAddress: "192.0.2.1", port: 1)).wait()
        if isOpen { immediate.open(outbound) }
    }

    // MARK: The client

    /// Sends text, and lets the channel ask for more as it does by itself when it has a socket.
    func send(_ text: String) throws {
        try channel.writeInbound(ByteBuffer(string: text))
        channel.read()
    }

    /// What the client got, by what was sent at once.
    func received() throws -> String {
        var text = ""
        while let bytes = try channel.readOutbound(as: IOData.self) {
            if case .byteBuffer(let bytes) = bytes { text += String(buffer: bytes) }
        }
        return text
    }

    /// Whether the client has room for more than it was sent.
    var isWritable: Bool {
        get { channel.isWritable }
        set { channel.isWritable = newValue }
    }

    // MARK: The server

    /// Lets the event loop do what is due.
    func turn() {
        channel.embeddedEventLoop.run()
    }

    /// Lets something happen to the connection.
    func happen(_ event: some Sendable) {
        channel.pipeline.fireUserInboundEventTriggered(event)
    }

    func close() {
        channel.close(promise: nil)
    }

    /// How often the socket was asked for more.
    var reads: Int { socket.reads }

    /// What the connection's task got, as words: heads by their paths, bodies by their text.
    var passedOn: [String] { task.parts }

    /// Answers the oldest request that was passed on.
    func answerPassedOn(_ body: String = "passed on") {
        let response = Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(string: body)))
        let pipeline = channel.pipeline.syncOperations
        pipeline.write(NIOAny(HTTPResponsePart.head(response.head)), promise: nil)
        pipeline.write(NIOAny(HTTPResponsePart.body(ByteBuffer(string: body))), promise: nil)
        pipeline.writeAndFlush(NIOAny(HTTPResponsePart.end(nil)), promise: nil)
        turn()
    }
}

private final class FakeSocket: ChannelOutboundHandler {
    typealias OutboundIn = Any

    private let tell: (String) -> Void
    private(set) var reads = 0

    init(tell: @escaping (String) -> Void) {
        self.tell = tell
    }

    func read(context: ChannelHandlerContext) {
        reads += 1
        context.read()
    }

    func flush(context: ChannelHandlerContext) {
        tell("sent")
        context.flush()
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        tell("closed")
        context.close(mode: mode, promise: promise)
    }
}

/// Stands for the connection's task.
private final class FakeTask: ChannelInboundHandler {
    typealias InboundIn = HTTPRequestPart

    private(set) var parts: [String] = []

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): parts.append(head.path ?? "")
        case .body(let bytes): parts.append(String(buffer: bytes))
        case .end: parts.append("end")
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        parts.append("error")
    }
}
