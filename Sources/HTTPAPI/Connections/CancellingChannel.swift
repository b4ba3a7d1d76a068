import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// HTTP/1 connections that keep to their limits, and whose work is cancelled when their client hangs up.
///
/// Hummingbird's own way to notice a hang-up ends the connection after the one request. Here the whole connection is one
/// task that is cancelled, which costs nothing per request.
struct CancellingChannel: HTTPChannelHandler {
    struct Value: ServerChildChannelValue {
        let channel: any Channel
        /// `nil` where the client has too many connections already.
        let http: HTTP?
        let hangUp: HangUp
    }

    struct HTTP: Sendable {
        let messages: NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>
        let immediate: NIOLoopBound<ImmediateRequestHandler>
    }

    /// Reads less at once than NIO does by itself: what was read is decoded at once, and as pipelined requests of a few
    /// bytes each it takes many times the memory, and others' time.
    private static let receiveAllocator = AdaptiveRecvByteBufferAllocator(
        minimum: 64,
        initial: 2048,
        maximum: 16 * 1024
    )

    /// Hummingbird's, which answers what its own loop over a connection's requests comes to.
    let responder: Responder
    /// Makes the answer to any other request, on whichever thread it is called.
    let respond: ImmediateRequestHandler.Respond
    let configuration: HTTPAPIConfiguration
    let clients: ClientConnections
    let meter: ConnectionMeter

    init(
        _ configuration: HTTPAPIConfiguration,
        meter: ConnectionMeter,
        respond: @escaping ImmediateRequestHandler.Respond,
        responder: @escaping Responder
    ) {
        self.responder = { request, writer, channel in
            try await responder(request.awaitingBody(on: channel), writer, channel)
        }
        self.respond = respond
        self.configuration = configuration
        self.meter = meter
        clients = ClientConnections(limit: configuration.maximumConnectionsPerClient)
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        let hangUp = HangUp()
        return channel.eventLoop.makeCompletedFuture {
            guard clients.admit(channel, logger: logger) else {
                meter.closed(.clientLimit)
                return Value(channel: channel, http: nil, hangUp: hangUp)
            }
            meter.opened(channel)
            try channel.syncOptions?.setOption(.recvAllocator, value: Self.receiveAllocator)
            let pipeline = channel.pipeline.syncOperations
            let connection = try pipeline.addConnectionHandlers(
                configuration,
                hangUp: hangUp,
                meter: meter,
                logger: logger
            )
            try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: configuration.tls != nil))
            let immediate = ImmediateRequestHandler(connection, respond: respond)
            try pipeline.addHandler(immediate)
            let messages = try NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>(
                wrappingChannelSynchronously: channel,
                configuration: .init(isOutboundHalfClosureEnabled: true)
            )
            let http = HTTP(messages: messages, immediate: NIOLoopBound(immediate, eventLoop: channel.eventLoop))
            return Value(channel: channel, http: http, hangUp: hangUp)
        }
    }

    func handle(value: Value, logger: Logger) async {
        guard let http = value.http else { return value.channel.close(promise: nil) }
        await withDiscardingTaskGroup { group in
            group.addTask {
                await serve(http, logger: logger)
                value.hangUp.happen()
            }
            await value.hangUp.wait()
            group.cancelAll()
        }
    }

    /// Answers requests until the connection is closed, and nothing is done for it any more.
    private func serve(_ http: HTTP, logger: Logger) async {
        let eventLoop = http.immediate.eventLoop
        // Hummingbird does the same within, but keeps the writer to itself. Nothing is thrown.
        try? await http.messages.executeThenClose { _, outbound in
            eventLoop.execute { http.immediate.value.open(outbound) }
            await handleHTTP(asyncChannel: http.messages, logger: logger)
        }
        let last = try? await eventLoop.submit { http.immediate.value.task }.get()
        await last?.value
    }
}

extension HTTPServerBuilder {
    /// HTTP/1 with Evenkeel's limits, and work that ends when its client hangs up; secured where there is a certificate.
    /// - Parameter respond: Makes the answer to a request, on whichever thread it is called.
    static func cancelling(
        _ configuration: HTTPAPIConfiguration,
        meter: ConnectionMeter,
        certificate: ServerCertificate?,
        respond: @escaping ImmediateRequestHandler.Respond
    ) -> HTTPServerBuilder {
        HTTPServerBuilder { responder in
            let channel = CancellingChannel(configuration, meter: meter, respond: respond, responder: responder)
            guard let certificate else { return channel }
            return try TLSChannel(channel, tlsConfiguration: certificate.configuration)
        }
    }
}
