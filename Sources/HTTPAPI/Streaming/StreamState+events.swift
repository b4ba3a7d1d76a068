import EventService
import NIOCore

extension StreamState {
    /// What the client has to be told to know a snapshot, as it is sent.
    mutating func events(for snapshot: ServiceSnapshot) throws -> ByteBuffer {
        let messages = messages(for: snapshot)
        var buffer = ByteBuffer()
        for message in messages { try write(message, to: &buffer) }
        return buffer
    }

    private func write(_ message: Message, to buffer: inout ByteBuffer) throws {
        typealias Writer = ServerSentEventWriter
        let id = position.text
        switch message {
        case .snapshot(let data): try Writer.write("snapshot", id: id, data: data, to: &buffer)
        case .missed(let entries, let next):
            // Whoever gets this and not the entries that follow it has to get those later.
            let id = StreamPosition(boot: position.boot, nextEntry: next).text
            try Writer.write("missed", id: id, data: ["entries": entries], to: &buffer)
        case .entries(let data): try Writer.write("entries", id: id, data: data, to: &buffer)
        case .breaker(let data): try Writer.write("breaker", id: id, data: data, to: &buffer)
        case .lanes(let data): try Writer.write("lanes", id: id, data: data, to: &buffer)
        case .objective(let data): try Writer.write("objective", id: id, data: data, to: &buffer)
        case .objectives(let data): try Writer.write("objectives", id: id, data: data, to: &buffer)
        case .service(let data): try Writer.write("service", id: id, data: data, to: &buffer)
        }
    }
}
