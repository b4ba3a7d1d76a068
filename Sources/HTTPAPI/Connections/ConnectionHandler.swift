import NIOCore
import NIOTLS

/// The end of a connection's pipeline that is next to the bytes: it keeps the connection's time, drops what nobody
/// wants, and closes so that the client can read its last answer.
///
/// One timer a connection runs to the earliest deadline that there was and is moved on from there, so that requests
/// cost no timers.
final class ConnectionHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = Any

    var machine: ConnectionStateMachine
    private let meter: ConnectionMeter
    private(set) var requestLine: RequestLineMeter
    private var context: ChannelHandlerContext?
    private var timer: (deadline: NIODeadline, scheduled: Scheduled<Void>)?
    /// Whether the socket has been asked for more.
    private var isReading = false

    init(_ configuration: HTTPAPIConfiguration, meter: ConnectionMeter, now: NIODeadline) {
        self.meter = meter
        machine = ConnectionStateMachine(
            limits: ConnectionLimits(configuration),
            isSecure: configuration.tls != nil,
            now: now
        )
        requestLine = RequestLineMeter(maximumURILength: configuration.maximumURILength)
    }

    // MARK: Its life

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        keepTime()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        timer?.scheduled.cancel()
        timer = nil
    }

    // MARK: Reading

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        let isHeadBegun = if case .head = machine.input { true } else { false }
        guard machine.bytesReceived(bytes.readableBytes, at: context.eventLoop.now) else { return }
        requestLine.willDecode(bytes, isHeadBegun: isHeadBegun)
        context.fireChannelRead(data)
        if case .head = machine.input { requestLine.headGoesOn(after: bytes) }
        keepTime()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isReading = false
        context.fireChannelReadComplete()
        // Nobody else asks for what is dropped.
        if machine.ownsClosing { read(context: context) }
    }

    func read(context: ChannelHandlerContext) {
        guard machine.mayRead else { return }
        isReading = true
        context.read()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case TLSUserEvent.handshakeCompleted: machine.handshakeCompleted(at: context.eventLoop.now)
        case ChannelEvent.inputClosed:
            machine.inputClosed()
            if case .lingering = machine.output { context.close(promise: nil) }
        case is ChannelShouldQuiesceEvent:
            if machine.quiesce() { closeWhenSent(context) }
        default: break
        }
        context.fireUserInboundEventTriggered(event)
    }

    // MARK: Writing

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        machine.holding(context.channel.isWritable ? nil : bytesHeld(context), at: context.eventLoop.now)
        keepTime()
        context.fireChannelWritabilityChanged()
    }

    /// The last answer is written: hands it to the client, then says that nothing follows.
    func closeAfterLastAnswer(written: EventLoopFuture<Void>) {
        guard let context else { return }
        machine.holding(bytesHeld(context), at: context.eventLoop.now)
        keepTime()
        written.assumeIsolated().whenComplete { result in
            guard case .success = result else { return context.close(promise: nil) }
            self.machine.flushed(at: context.eventLoop.now)
            context.close(mode: .output, promise: nil)
            self.keepTime()
            self.read(context: context)
        }
    }

    /// Every answer is written: closes at once, or when a client that is slow has the last one.
    private func closeWhenSent(_ context: ChannelHandlerContext) {
        context.flush()
        guard bytesHeld(context) > 0 else { return context.close(promise: nil) }
        machine.lastAnswerWritten()
        let written = context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(NIOAny(IOData.byteBuffer(ByteBuffer())), promise: written)
        closeAfterLastAnswer(written: written.futureResult)
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard machine.ownsClosing else {
            // What was written in this turn of the event loop would be dropped.
            context.flush()
            return context.close(mode: mode, promise: promise)
        }
        context.channel.closeFuture.cascade(to: promise)
    }

    // MARK: Time

    /// Makes sure that the timer fires at the deadline, or before that.
    func keepTime() {
        guard let context, let deadline = machine.deadline else { return }
        if let timer {
            guard deadline < timer.deadline else { return }
            timer.scheduled.cancel()
        }
        timer = (
            deadline,
            context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) {
                self.timer = nil
                self.timeUp(context)
            }
        )
    }

    private func timeUp(_ context: ChannelHandlerContext) {
        let now = context.eventLoop.now
        if machine.held != nil { machine.holding(bytesHeld(context), at: now) }
        switch machine.timeUp(at: now, isReading: isReading) {
        case .wait: break
        case .refuse(let problem): context.fireUserInboundEventTriggered(RefusalEvent(problem: problem))
        case .failBody(let error): context.fireErrorCaught(error)
        case .close(let end):
            if let end { meter.closed(end) }
            context.flush()
            context.close(promise: nil)
        }
        keepTime()
    }

    private func bytesHeld(_ context: ChannelHandlerContext) -> Int {
        // A channel that doesn't know says nothing of progress either.
        (try? context.channel.syncOptions?.getOption(ChannelOptions.bufferedWritableBytes)) ?? 0
    }
}

/// Asks the handler that is next to the messages to answer with a problem.
struct RefusalEvent {
    let problem: Problem
}
