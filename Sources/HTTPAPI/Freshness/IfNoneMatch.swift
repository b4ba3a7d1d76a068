import EventService

/// The condition `If-None-Match` of a request (RFC 9110, section 13.1.2).
enum IfNoneMatch {
    /// `*`: the client wants nothing that exists.
    case any
    /// The client has answers with these opaque tags, quotes included; none for a field that breaks the grammar.
    case tags([Substring.UTF8View])

    /// Reads the field's value; of several fields, their values joined by commas.
    init(_ value: String) {
        var rest = value[...].utf8.drop(while: \.isFieldWhitespace)
        if rest.first == UInt8(ascii: "*"), rest.dropFirst().allSatisfy(\.isFieldWhitespace) {
            self = .any
            return
        }
        var tags: [Substring.UTF8View] = []
        while let tag = Self.readElement(&rest) {
            if !tag.isEmpty { tags.append(tag) }
        }
        self = .tags(rest.isEmpty ? tags : [])
    }

    /// Whether the client has the answer, by the weak comparison that is prescribed: `W/"a"` is `"a"`.
    func matches(_ tag: EntityTag) -> Bool {
        switch self {
        case .any: true
        case .tags(let tags): tags.contains { $0.elementsEqual(tag.description.utf8) }
        }
    }

    /// The next element of the list, empty where nothing stands between two commas (RFC 9110, section 5.6.1).
    /// - Returns: `nil` at the end, or before what is no element, which then is left over.
    private static func readElement(_ rest: inout Substring.UTF8View) -> Substring.UTF8View? {
        var next = rest.drop(while: \.isFieldWhitespace)
        guard !next.isEmpty else {
            rest = next
            return nil
        }
        if next.first == UInt8(ascii: ",") {
            rest = next.dropFirst()
            return next.prefix(0)
        }
        if next.starts(with: "W/".utf8) { next = next.dropFirst(2) }
        guard next.first == UInt8(ascii: "\""), let end = next.dropFirst().firstIndex(of: UInt8(ascii: "\"")) else {
            return nil
        }
        let tag = next[...end]
        next = next[next.index(after: end)...].drop(while: \.isFieldWhitespace)
        guard next.isEmpty || next.first == UInt8(ascii: ",") else { return nil }
        rest = next.dropFirst()
        return tag
    }
}

extension UInt8 {
    /// The white space of header fields (RFC 9110, section 5.6.3).
    fileprivate var isFieldWhitespace: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
}
