import HTTPTypes
import Synchronization

/// What is found out about a request on its way, for whoever tells of it when it is answered.
///
/// The context is passed on by value, so that what is changed in it further in can't be seen further out; this can.
final class RequestNotes: Sendable {
    struct Contents {
        /// The kind of the problem that was answered, as in its `type`.
        var problem: String?
        /// The name of the token that the request brought; `nil` where none was needed, or it wasn't known.
        var client: String?
        /// The header fields that every answer to the request carries, an error as well.
        var fields: HTTPFields = [:]
    }

    private let contents = Mutex(Contents())

    /// What is noted so far.
    var current: Contents { contents.withLock { $0 } }

    /// Notes something.
    func note(_ change: (inout Contents) -> Void) {
        contents.withLock { change(&$0) }
    }
}
