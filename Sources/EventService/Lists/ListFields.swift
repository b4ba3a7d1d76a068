/// The members that the elements of a list are documented to have.
///
/// A query may name others too, as long as some element has them: what the events API adds can be used like the rest.
public struct ListFields: Sendable, Equatable {
    /// A documented member.
    public struct Field: Sendable, Equatable {
        /// The member's name.
        public let name: String

        /// Whether its value is an array, by which nothing can be sorted.
        public let isArray: Bool
    }

    /// The documented members, in the order in which they are named to a client.
    public let documented: [Field]

    /// Creates a list's fields: those of one value, and those that are arrays.
    public init(_ names: [String], arrays: [String] = []) {
        documented =
            names.map { Field(name: $0, isArray: false) } + arrays.map { Field(name: $0, isArray: true) }
    }

    /// Those of a user.
    public static let users = ListFields(["id", "name", "email", "username"], arrays: ["events"])

    /// Those of an event.
    public static let events = ListFields(["id", "name", "userId", "startsAt", "location", "description"])

    /// The documented member of a name, compared by its bytes as JSON does.
    public subscript(_ name: String) -> Field? {
        documented.first { $0.name.hasSameBytes(as: name) }
    }

    /// The documented names for a sentence.
    public var names: String {
        documented.map(\.name).joined(separator: ", ")
    }
}

extension String {
    /// Whether both are the same bytes; `==` also takes two spellings of one character for the same.
    func hasSameBytes(as other: String) -> Bool {
        utf8.elementsEqual(other.utf8)
    }
}
