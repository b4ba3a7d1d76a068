import NIOCore

/// An event as it stands in a stream of server-sent events.
struct ServerSentEvent: Equatable {
    /// Its type.
    let name: String
    /// What to resume from once it was taken; `nil` where none was told so far.
    let id: String?
    /// Its data, lines of which are separated by line feeds.
    let data: ByteBuffer
}
