public import EventService
import Foundation
import NIOCore

extension UpstreamCall {
    /// The name of the event that the call adds; `nil` if it adds none.
    ///
    /// A test that tells events apart asks for this: a text searched in the whole body may be part of a random identifier.
    public var eventName: String? {
        guard case .addEvent(let body) = self else { return nil }
        struct Event: Decodable { let name: String }
        return try? JSONDecoder().decode(Event.self, from: Data(body.readableBytesView)).name
    }
}
