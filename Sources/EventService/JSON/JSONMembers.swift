import NIOCore

/// The members of a JSON object, found without decoding the object.
struct JSONMembers {
    /// A member's value.
    struct Value {
        let kind: JSONScanner.Kind
        /// Where the value stands in the readable bytes.
        let range: Range<Int>
        /// The text, where the value is a string.
        let string: String?
    }

    /// The members that were asked for and found, by name.
    private(set) var values: [String: Value] = [:]

    /// The asked-for names that occur more than once, each listed once.
    ///
    /// Which of two members of the same name a reader takes is anybody's guess.
    private(set) var duplicates: [String] = []

    /// The offset just behind the opening brace.
    private(set) var start = 0

    /// Whether the object has any member at all.
    private(set) var isEmpty = true

    /// Finds `names` in the object that the readable bytes are.
    /// - Throws: `JSONError` where they are not one well-formed object.
    init(of body: ByteBuffer, names: [String]) throws(JSONError) {
        self = try body.scanJSON { (scanner) throws(JSONError) in
            try JSONMembers(scanning: &scanner, names: names)
        }
    }

    private init(scanning scanner: inout JSONScanner, names: [String]) throws(JSONError) {
        let kind = try scanner.peekKind()
        guard kind == .object else {
            throw scanner.error("\(kind.withArticle) starts here")
        }
        start = scanner.offset + 1
        var found: [String: Value] = [:]
        var repeated: [String] = []
        var isEmpty = true
        try scanner.scanObject { (scanner, key) throws(JSONError) in
            isEmpty = false
            let kind = try scanner.peekKind()
            let range = try scanner.skipValue()
            guard let name = names.first(where: { scanner.string(at: key, equals: $0) }) else { return }
            let string = kind == .string ? scanner.decodedString(at: range) : nil
            let earlier = found.updateValue(Value(kind: kind, range: range, string: string), forKey: name)
            if earlier != nil, !repeated.contains(name) { repeated.append(name) }
        }
        self.values = found
        self.duplicates = repeated
        self.isEmpty = isEmpty
    }
}

/// The strings in the array that is member `name` of the object `body`, which was checked against its shape before.
/// - Throws: `JSONError` if the array has more than `limit` elements.
func strings(inArray name: String, of body: ByteBuffer, limit: Int) throws(JSONError) -> [String] {
    try body.scanJSON { (scanner) throws(JSONError) in
        var strings: [String] = []
        try scanner.scanObject { (scanner, key) throws(JSONError) in
            guard scanner.string(at: key, equals: name) else {
                try scanner.skipValue()
                return
            }
            strings.removeAll()
            try scanner.scanArray { (scanner, index) throws(JSONError) in
                guard index < limit else { throw scanner.error("\"\(name)\" has more than \(limit) elements") }
                scanner.skipWhitespace()
                let range = try scanner.skipString()
                strings.append(scanner.decodedString(at: range))
            }
        }
        return strings
    }
}
