/// What must hold for a member of an element.
///
/// A number is compared as a number with a value that reads as one in JSON; everything else is compared as text, by Unicode
/// scalar values: strings as they are decoded, numbers and booleans as they are written. Nothing but `!=` holds for an
/// element that lacks the member, or where it is `null` or an object. Of an array `=` asks whether it has such an element,
/// `!=` whether it has none. Of a member that an element has twice, the last counts.
public struct ListFilter: Sendable, Equatable {
    /// The longest value, in Unicode scalars.
    public static let maximumValueLength = 200

    /// The part of a member that `~` looks at, in bytes of UTF-8 from its beginning.
    public static let maximumSearchedLength = 65_536

    /// How a member is compared with the filter's value.
    public enum Operation: String, Sendable, CaseIterable {
        /// The same.
        case equal = "="
        /// Not the same.
        case notEqual = "!="
        /// Before it.
        case less = "<"
        /// Before it or the same.
        case lessOrEqual = "<="
        /// Behind it.
        case greater = ">"
        /// Behind it or the same.
        case greaterOrEqual = ">="
        /// Has it as a part, whatever the case of letters.
        case contains = "~"
    }

    /// The member's name.
    public let field: String

    /// How it is compared.
    public let operation: Operation

    /// What it is compared with, at most 200 Unicode scalars.
    public let value: String

    /// The value where it reads as a number.
    let number: Double?

    /// The value as `~` looks for it.
    let search: CaseInsensitiveSearch?

    /// Creates a filter.
    public init(field: String, operation: Operation, value: String) {
        self.field = field
        self.operation = operation
        self.value = value
        number = JSONScanner.number(value)
        search = operation == .contains ? CaseInsensitiveSearch(value) : nil
    }
}
