import HTTPTypes
import Logging
import NIOCore
import NIOHTTP1

/// The end of a connection's pipeline that is next to the requests: it refuses what breaks the rules of HTTP or the
/// limits, and lets every answer say whether the connection is kept.
final class MessageHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let connection: ConnectionHandler
    private let meter: ConnectionMeter
    private let logger: Logger

    init(_ connection: ConnectionHandler, meter: ConnectionMeter, logger: Logger) {
        self.connection = connection
        self.meter = meter
        self.logger = logger
    }

    // MARK: Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let action =
            switch unwrapInboundIn(data) {
            case .head(let head): connection.machine.requestHead(head, at: context.eventLoop.now)
            case .body(let bytes): connection.machine.requestBody(bytes.readableBytes)
            case .end: connection.machine.requestEnd(at: context.eventLoop.now)
            }
        if case .forward = action { return context.fireChannelRead(data) }
        perform(action, context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let parserError = error as? HTTPParserError else { return context.fireErrorCaught(error) }
        let isURITooLong = connection.requestLine.isTooLong && parserError == .headerOverflow
        let action = connection.machine.parserFailed(with: isURITooLong ? .uriTooLong : Problem(parserError))
        if case .forward = action { return context.fireErrorCaught(error) }
        perform(action, context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let event = event as? RefusalEvent else { return context.fireUserInboundEventTriggered(event) }
        refuse(event.problem, context)
    }

    private func perform(_ action: ConnectionStateMachine.InputAction, _ context: ChannelHandlerContext) {
        switch action {
        case .forward, .drop: break
        case .refuse(let problem): refuse(problem, context)
        case .close: context.close(promise: nil)
        }
    }

    // MARK: Answers

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head):
            guard connection.machine.answerHead(&head) else { return drop(promise) }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body:
            guard connection.machine.takesAnswerBody else { return drop(promise) }
            context.write(data, promise: promise)
        case .end: writeEnd(context, data, promise)
        }
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard event is BodyWantedEvent else { return context.triggerUserOutboundEvent(event, promise: promise) }
        if connection.machine.bodyWanted(at: context.eventLoop.now) {
            let head = HTTPResponseHead(version: .http1_1, status: .continue)
            context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
            connection.keepTime()
        }
        promise?.succeed()
    }

    private func writeEnd(_ context: ChannelHandlerContext, _ end: NIOAny, _ promise: EventLoopPromise<Void>?) {
        // Of an answer without a length the encoder would write the last chunk, since it doesn't know the request.
        let isToHead = connection.machine.answersHead
        let data = isToHead ? wrapOutboundOut(.body(.byteBuffer(ByteBuffer()))) : end
        switch connection.machine.answerEnd(at: context.eventLoop.now) {
        case .write: context.write(data, promise: promise)
        case .drop: drop(promise)
        case .writeThenClose:
            let written = promise ?? context.eventLoop.makePromise()
            context.write(data, promise: written)
            connection.closeAfterLastAnswer(written: written.futureResult)
        case .writeThenRefuse(let problem):
            context.write(data, promise: promise)
            refuse(problem, context)
        }
        connection.keepTime()
    }

    private func refuse(_ problem: Problem, _ context: ChannelHandlerContext) {
        let requestID = RequestIdentifier.make()
        // Before anything is written: a connection that ends by it has no address any more.
        let address = context.remoteAddress
        let body = problem.encoded(requestID: requestID)
        let head = HTTPResponseHead(refusing: problem, requestID: requestID, bodyLength: body.readableBytes)
        let written = context.eventLoop.makePromise(of: Void.self)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
        connection.closeAfterLastAnswer(written: written.futureResult)
        meter.refused(problem)
        log(problem, requestID: requestID, address: address)
    }

    private func log(_ problem: Problem, requestID: String, address: SocketAddress?) {
        var metadata: Logger.Metadata = [
            "request_id": "\(requestID)", "status": .stringConvertible(problem.status.code),
            "problem": "\(problem.name)",
        ]
        if let address = address?.addressForLog { metadata["client_address"] = .string(address) }
        logger.info("Request refused", metadata: metadata)
    }

    private func drop(_ promise: EventLoopPromise<Void>?) {
        promise?.fail(ChannelError.ioOnClosedChannel)
    }
}
