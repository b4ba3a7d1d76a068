import Foundation
import NIOCore

/// One connection to a raw server.
final class RawConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let greeting: String
    private let script: @Sendable (RawRequest) -> RawAnswer
    private let change: ((inout RawServer.Record) -> Void) -> Void
    private var received = ByteBuffer()
    private var isEndedByServer = false

    init(
        greeting: String,
        _ script: @escaping @Sendable (RawRequest) -> RawAnswer,
        change: @escaping ((inout RawServer.Record) -> Void) -> Void
    ) {
        self.greeting = greeting
        self.script = script
        self.change = change
    }

    func channelActive(context: ChannelHandlerContext) {
        change { $0.connections += 1 }
        if !greeting.isEmpty { context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: greeting)), promise: nil) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if !isEndedByServer { change { $0.hangUps += 1 } }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received.writeImmutableBuffer(unwrapInboundIn(data))
        while let request = RawRequest(readingFrom: &received) {
            change { $0.requests.append(request) }
            carryOut(script(request), context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func carryOut(_ answer: RawAnswer, _ context: ChannelHandlerContext) {
        switch answer {
        case .bytes(let bytes):
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
        case .bytesThenClose(let bytes):
            isEndedByServer = true
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
            context.close(promise: nil)
        case .reset:
            isEndedByServer = true
            let isSet = (context.channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
            let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
            isSet?.assumeIsolated().whenComplete { _ in bound.value.close(promise: nil) }
        case .nothing:
            break
        case .endless(let first, let repeated):
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: first)), promise: nil)
            write(ByteBuffer(bytes: repeated), againAndAgainOn: context)
        }
    }

    private func write(_ bytes: ByteBuffer, againAndAgainOn context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(bytes)).assumeIsolated().whenSuccess {
            self.write(bytes, againAndAgainOn: context)
        }
    }
}
