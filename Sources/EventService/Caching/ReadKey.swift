/// What is read: equal keys have the same answer.
struct ReadKey: Hashable, Sendable {
    private enum Kind: Hashable {
        case users
        case events
        case user
        case event
        case eventsOfUser
        case partialEventsOfUser
    }

    private let kind: Kind
    private let id: String

    static let users = ReadKey(kind: .users, id: "")
    static let events = ReadKey(kind: .events, id: "")

    static func user(_ id: String) -> ReadKey {
        ReadKey(kind: .user, id: id)
    }

    static func event(_ id: String) -> ReadKey {
        ReadKey(kind: .event, id: id)
    }

    static func events(ofUser id: String, partial: Bool) -> ReadKey {
        ReadKey(kind: partial ? .partialEventsOfUser : .eventsOfUser, id: id)
    }

    /// The size of the part that isn't the same for every key, in bytes.
    var size: Int { id.utf8.count }

    /// Compares identifiers by their bytes: to `String`, two spellings of a character are equal, to the events API they
    /// aren't.
    static func == (first: ReadKey, second: ReadKey) -> Bool {
        first.kind == second.kind && first.id.utf8.elementsEqual(second.id.utf8)
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        var id = id
        id.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
