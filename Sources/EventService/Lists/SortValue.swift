/// A member's value as far as it is sorted by.
enum SortValue: Sendable, Equatable {
    /// The member lacks, or can't be sorted by.
    case missing
    case number(Double)
    /// The beginning of a string, of at most `maximumTextLength` bytes.
    case text([UInt8])
    case boolean(Bool)

    /// The part of a string that counts, in bytes of UTF-8: it must fit into a cursor.
    static let maximumTextLength = 256

    /// The value of a member; `nil` where the element lacks it.
    init(_ member: ListMember?, in scanner: JSONScanner) {
        switch member?.kind {
        case nil, .null, .array, .object: self = .missing
        case .number: self = member.map { .number(scanner.number(at: $0.range)) } ?? .missing
        case .boolean:
            self = member.map { .boolean(scanner.bytes[$0.range.lowerBound] == UInt8(ascii: "t")) } ?? .missing
        case .string:
            self =
                member.flatMap {
                    scanner.withText(of: $0) { .text(Array(prefix(of: $0, atMost: Self.maximumTextLength))) }
                }
                ?? .missing
        }
    }
}
