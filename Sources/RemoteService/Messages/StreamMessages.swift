import EventService
import Foundation
import NIOCore
import NIOFoundationCompat

/// Everything at one moment: the data of the event `snapshot`.
struct SnapshotMessage: Decodable {
    let takenAt: Date
    let resumed: Bool
    let missedEntries: UInt64
    let service: ServiceMessage
    let breakers: [BreakerMessage]
    let entries: [EntryMessage]
    let lanes: [LaneMessage]
    // Not there from a service that is older than these members.
    let objectives: [ObjectiveMessage]?
    let gaps: [GapMessage]?
}

/// A time of which the service knows nothing.
struct GapMessage: Decodable {
    let from, to: Date
}

/// The data of the event `missed`.
struct MissedMessage: Decodable {
    let entries: UInt64
}

/// The data of the event `end`.
struct EndMessage: Decodable {
    let reason: String
}

extension JSONDecoder {
    /// Reads what the HTTP API writes: members that aren't known here are left alone.
    static var remote: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let container = try decoder.singleValueContainer()
            let text = try container.decode(String.self)
            guard let date = RFC3339.date(of: text) else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "no time of RFC 3339")
            }
            return date
        }
        return decoder
    }
}
