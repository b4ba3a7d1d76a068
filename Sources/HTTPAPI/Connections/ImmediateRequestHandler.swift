import DequeModule
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import NIOHTTPTypes

/// Answers requests on their connection's own event loop, as far as they wait for nothing.
///
/// What is kept, or rejected by an open breaker, needs no other thread for that. In each turn of an event loop all its
/// connections are read from, then their requests are begun, then what they wrote is sent: the same code and the same part
/// of the system in a row cost a processor far less than one connection after the other. A request that has to wait goes
/// on in Swift's pool. Its task is none of the server's: it has no task-local values, and is cancelled by the end of the
/// connection.
///
/// Requests with a body, those of a client that doesn't take its answers, and all but the first of a long row are passed on
/// to the connection's task. One request is under way here at a time; what came behind it is held, and nothing more is read
/// before that has its turn.
final class ImmediateRequestHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    typealias Respond = @Sendable (Request, any Channel) async -> Response
    typealias Outbound = NIOAsyncChannelOutboundWriter<HTTPResponsePart>

    /// Something that came.
    private enum Arrival {
        /// A whole request, without a body.
        case request(HTTPRequest)
        /// A part of another one.
        case part(HTTPRequestPart)
        case error(any Error)
    }

    /// How far the request is that is answered here.
    private enum Progress {
        case none
        /// It begins in this turn of the event loop.
        case beginning
        /// It was answered in this turn.
        case answered
        /// It waits for something.
        case waiting
    }

    /// The most requests that came at once and are answered in one turn, during which the loop reads from nobody.
    static let maximumRow = 16

    private let connection: ConnectionHandler
    private let respond: Respond
    private var context: ChannelHandlerContext?

    /// Takes what is written from other threads; there once the connection's task has begun.
    private var outbound: Outbound?
    private var progress = Progress.none
    /// What the last request that had to wait is done by.
    private(set) var task: Task<Void, Never>?
    /// Tells the requests that began here apart.
    private var number = 0
    /// Requests that began here since nothing was left to do.
    private var row = 0
    /// The head of a request without a body whose end is to come.
    private var head: HTTPRequest?
    /// What came behind the request that is under way.
    private var held: Deque<Arrival> = []
    /// Requests that the connection's task hasn't answered; of the last one, the rest of a body may still come after that.
    private var passedOn = 0
    /// Whether the channel asked for more while something was held.
    private var isReadDue = false
    private var isFlushDue = false
    private var isHungUp = false

    init(_ connection: ConnectionHandler, respond: @escaping Respond) {
        self.connection = connection
        self.respond = respond
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    /// Begins to answer requests; before, all are passed on.
    func open(_ outbound: Outbound) {
        self.outbound = outbound
    }

    // MARK: Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head) where connection.machine.isWithoutBody: self.head = head
        case .end where head != nil:
            if let head = head.take() { receive(.request(head), context) }
        case let part: receive(.part(part), context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        receive(.error(error), context)
    }

    private func receive(_ arrival: Arrival, _ context: ChannelHandlerContext) {
        guard case .none = progress else { return held.append(arrival) }
        row = 0
        handle(arrival, context)
    }

    private func handle(_ arrival: Arrival, _ context: ChannelHandlerContext) {
        switch arrival {
        case .request(let head):
            if let outbound, passedOn == 0, row < Self.maximumRow, context.channel.isWritable {
                progress = .beginning
                row += 1
                context.eventLoop.assumeIsolated().execute { self.begin(head, outbound) }
            } else {
                passedOn += 1
                context.fireChannelRead(wrapInboundOut(.head(head)))
                context.fireChannelRead(wrapInboundOut(.end(nil)))
            }
        case .part(let part):
            if case .head = part { passedOn += 1 }
            context.fireChannelRead(wrapInboundOut(part))
        case .error(let error): context.fireErrorCaught(error)
        }
    }

    private func begin(_ head: HTTPRequest, _ outbound: Outbound) {
        guard let context, context.channel.isActive else { return }
        let channel = context.channel
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
        number += 1
        let task = Task.immediateIfPossible { [respond, number] in
            var response = await respond(Request(head: head, body: RequestBody(buffer: ByteBuffer())), channel)
            response.headers.append(HTTPField(name: .date, value: DateHeader.now))
            do {
                try await Self.write(response, handler, outbound)
            } catch {
                handler.eventLoop.execute { handler.value.failed(number) }
            }
        }
        if case .answered = progress { return takeNext() }
        progress = .waiting
        self.task = task
        if isHungUp { task.cancel() }
    }

    /// The client is gone, or an answer that it got the beginning of can't be completed.
    private func failed(_ number: Int) {
        guard case .waiting = progress, number == self.number else { return }
        context?.close(promise: nil)
    }

    private func takeNext() {
        progress = .none
        guard let context, isReadDue || !held.isEmpty else { return }
        while case .none = progress, let arrival = held.popFirst() { handle(arrival, context) }
        context.fireChannelReadComplete()
        if isReadDue, held.isEmpty {
            isReadDue = false
            // From the end, where it is known whether the connection's task has too much to do.
            context.pipeline.syncOperations.read()
        }
    }

    func read(context: ChannelHandlerContext) {
        if held.isEmpty { context.read() } else { isReadDue = true }
    }

    // MARK: Answers

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let isEnd = if case .end = unwrapOutboundIn(data) { true } else { false }
        context.write(data, promise: promise)
        if isEnd { answered() }
    }

    private func answered() {
        switch progress {
        case .none: passedOn -= 1
        // The next one begins when this one's task has returned, not within it.
        case .beginning: progress = .answered
        case .answered: break
        // The end is the last that is written of an answer: nothing follows it that the next would overtake.
        case .waiting: takeNext()
        }
    }

    private func write(_ part: HTTPResponsePart) {
        guard let context else { return }
        write(context: context, data: wrapOutboundOut(part), promise: nil)
        flush(context: context)
    }

    func flush(context: ChannelHandlerContext) {
        guard !isFlushDue else { return }
        isFlushDue = true
        context.eventLoop.assumeIsolated().execute {
            self.isFlushDue = false
            context.flush()
        }
    }

    private static func write(
        _ response: Response,
        _ handler: NIOLoopBound<ImmediateRequestHandler>,
        _ outbound: Outbound
    ) async throws {
        guard handler.eventLoop.inEventLoop else {
            return try await ResponseWriter(outbound: outbound).write(response: response.head, body: response.body)
        }
        guard response.body.contentLength != nil else {
            // A stream, which may do more at its beginning than other connections should wait for.
            return try await inPool {
                try await ResponseWriter(outbound: outbound).write(response: response.head, body: response.body)
            }
        }
        handler.value.write(.head(response.head))
        try await response.body.write(BodyWriter(handler: handler, outbound: outbound))
    }

    /// Writes a body: at once what the channel takes gladly, and the rest as the client takes it.
    private struct BodyWriter: ResponseBodyWriter {
        let handler: NIOLoopBound<ImmediateRequestHandler>
        let outbound: Outbound
        /// Whether nothing is on its way that something written at once would overtake.
        private var isAtOnce = true

        init(handler: NIOLoopBound<ImmediateRequestHandler>, outbound: Outbound) {
            self.handler = handler
            self.outbound = outbound
        }

        mutating func write(_ buffer: ByteBuffer) async throws {
            isAtOnce = isAtOnce && handler.eventLoop.inEventLoop && handler.value.isWritable
            guard isAtOnce else { return try await outbound.write(.body(buffer)) }
            handler.value.write(.body(buffer))
        }

        consuming func finish(_ trailers: HTTPFields?) async throws {
            guard isAtOnce, handler.eventLoop.inEventLoop else { return try await outbound.write(.end(trailers)) }
            handler.value.write(.end(trailers))
        }
    }

    private var isWritable: Bool { context?.channel.isWritable == true }

    // MARK: The end

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed { hangUp() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        hangUp()
        context.fireChannelInactive()
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        // It may take a while, of which the work is to hear now.
        if mode == .all { hangUp() }
        context.close(mode: mode, promise: promise)
    }

    private func hangUp() {
        isHungUp = true
        held = []
        if case .waiting = progress { task?.cancel() }
    }
}

extension Task where Failure == Never {
    /// Whether the system has tasks that run where they are begun until they wait for something.
    static var canBeImmediate: Bool { if #available(macOS 26, *) { true } else { false } }

    /// A task that runs here and now until it waits for something, where the system has such tasks.
    fileprivate static func immediateIfPossible(_ operation: @escaping @Sendable () async -> Success) -> Task {
        if #available(macOS 26, *) { .immediate { await operation() } } else { Task { await operation() } }
    }
}
