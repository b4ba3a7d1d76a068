import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// The body of a request whose client waits for `100 Continue`: told so when a route begins to read, and not before, so
/// that a request that is refused never sends its body (RFC 9110, section 10.1.1).
struct AwaitedBody: AsyncSequence, Sendable {
    let body: RequestBody
    let channel: any Channel

    struct AsyncIterator: AsyncIteratorProtocol {
        private var iterator: RequestBody.AsyncIterator
        private var channel: (any Channel)?

        fileprivate init(_ body: AwaitedBody) {
            iterator = body.body.makeAsyncIterator()
            channel = body.channel
        }

        @concurrent mutating func next() async throws -> ByteBuffer? {
            channel?.triggerUserOutboundEvent(BodyWantedEvent(), promise: nil)
            channel = nil
            return try await iterator.next()
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(self)
    }
}

/// Says that a route begins to read the body of the request that it is to answer.
struct BodyWantedEvent {}

extension Request {
    /// The request, with a body that the client is asked for if it waits for that.
    func awaitingBody(on channel: any Channel) -> Request {
        guard headers[.expect] != nil else { return self }
        var request = self
        request.body = RequestBody(asyncSequence: AwaitedBody(body: body, channel: channel))
        return request
    }
}
