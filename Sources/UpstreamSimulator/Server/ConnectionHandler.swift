import Foundation
import NIOCore

/// Stands next to the socket: sees the client leave even while a request waits, and does what HTTP forbids.
///
/// Hummingbird notices a client that left only when it writes or reads the next request.
final class ConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let connection: Connection
    private let onClose: @Sendable () -> Void

    init(connection: Connection, onClose: @escaping @Sendable () -> Void) {
        self.connection = connection
        self.onClose = onClose
    }

    func channelInactive(context: ChannelHandlerContext) {
        connection.markGone()
        onClose()
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed { connection.markGone() }
        context.fireUserInboundEventTriggered(event)
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard let command = event as? ConnectionCommand else {
            context.triggerUserOutboundEvent(event, promise: promise)
            return
        }
        switch command {
        case .reset:
            // Lingering for no time makes the kernel send RST instead of FIN.
            _ = (context.channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
        case .sendRaw(let bytes):
            context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
        }
        context.close(promise: promise)
    }
}
