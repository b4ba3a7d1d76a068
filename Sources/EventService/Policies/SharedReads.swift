import Resilience

/// Reads that are under way: whoever asks for the same meanwhile waits for the same answer.
///
/// A read that begins after an event was added never gets an answer that was asked for before: adding invalidates what it
/// touches.
final class SharedReads: Sendable {
    /// What is read.
    struct Key: Hashable, Sendable {
        fileprivate enum Kind: Hashable {
            case users
            case events
            /// By the identifier's bytes: two spellings of a character are equal as a `String`, but not to the events API.
            case eventsOfUser([UInt8], partial: Bool)
        }

        fileprivate let kind: Kind

        static let users = Key(kind: .users)
        static let events = Key(kind: .events)

        static func events(ofUser id: String, partial: Bool) -> Key {
            Key(kind: .eventsOfUser(Array(id.utf8), partial: partial))
        }
    }

    private let flights = SingleFlight<Key, EventService.EventList>()

    /// Waits for a read that is under way, or begins it.
    ///
    /// - Parameter read: Ends within a deadline of its own: it is not cancelled while anybody waits.
    func run(
        _ key: Key,
        _ read: @escaping @Sendable () async throws -> EventService.EventList
    ) async throws(ServiceError) -> EventService.EventList {
        do {
            return try await flights.run(key, operation: read)
        } catch let error as ServiceError {
            throw error
        } catch {
            throw .givenUp
        }
    }

    /// Makes reads that begin from now on see a new event of a user.
    func invalidate(userID: String) {
        let touched: [Key] = [
            .users, .events, .events(ofUser: userID, partial: false), .events(ofUser: userID, partial: true),
        ]
        touched.forEach(flights.invalidate)
    }
}
