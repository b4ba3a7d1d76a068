import EventService
import Hummingbird
import NIOCore

/// What Evenkeel knows about a request beyond what Hummingbird does.
struct APIContext: RequestContext {
    var coreContext: CoreRequestContextStorage

    /// The request on its way through the service; set by the first middleware.
    var call = CallContext(requestID: "")

    /// What is found out about the request on its way.
    let notes = RequestNotes()

    private let channel: any Channel

    /// The other end of the connection; `nil` where it has no address, or had none any more when the request began.
    let remoteAddress: SocketAddress?

    /// Whom limits count: a token's owner, or else an address.
    var client: ClientKey { notes.current.client.map { .token($0) } ?? ClientKey(remoteAddress) }

    /// Whether what is done now keeps all connections of its event loop waiting.
    var isOnEventLoop: Bool { channel.eventLoop.inEventLoop }

    init(source: Source) {
        channel = source.channel
        // Now: a client that hangs up has no address when its request is logged.
        remoteAddress = source.channel.remoteAddress
        coreContext = .init(source: source)
    }
}
