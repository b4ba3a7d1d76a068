import NIOCore
import Synchronization

/// Becomes true once, when the client of a connection has hung up.
final class HangUp: Sendable {
    private struct State {
        var happened = false
        var continuation: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// Says that it happened; further calls have no effect.
    func happen() {
        let continuation = state.withLock { state in
            state.happened = true
            defer { state.continuation = nil }
            return state.continuation
        }
        continuation?.resume()
    }

    /// Waits until it happened, in one task at most.
    func wait() async {
        await withCheckedContinuation { continuation in
            let happened = state.withLock { state in
                if !state.happened { state.continuation = continuation }
                return state.happened
            }
            if happened { continuation.resume() }
        }
    }
}

/// Sees the client hang up, even while its request is being worked on and nothing is read from the connection.
///
/// A client that only stops sending looks the same until something is written to it; like most servers this one takes it
/// as gone, because work for somebody who left is worse than a rare half-closed client that has to ask again.
final class HangUpHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Any

    private let hangUp: HangUp

    init(_ hangUp: HangUp) {
        self.hangUp = hangUp
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed { hangUp.happen() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        hangUp.happen()
        context.fireChannelInactive()
    }
}
