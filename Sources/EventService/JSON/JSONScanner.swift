/// Walks over JSON text, checks it against RFC 8259, and builds nothing.
///
/// Evenkeel passes bodies on as the bytes they came in. It still has to know that they are JSON, and of the shape that
/// was promised; a decoder would build every value to find that out.
///
/// The scanner borrows its bytes: it must not outlive the closure that it was made in.
struct JSONScanner {
    /// The kind of a JSON value, told by its first byte.
    enum Kind: String {
        case object, array, string, number, boolean, null
    }

    /// Arrays and objects may be nested as deep as this; scanning recurses, and the stack is not endless.
    static let maximumDepth = 64

    let bytes: UnsafeRawBufferPointer
    var offset = 0
    private var depth = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// Skips white space and tells the kind of the value that follows.
    mutating func peekKind() throws(JSONError) -> Kind {
        skipWhitespace()
        guard offset < bytes.count else { throw error("the text ends where a value should be") }
        switch bytes[offset] {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .boolean
        case UInt8(ascii: "n"): return .null
        default: throw error("no value starts like this")
        }
    }

    /// Skips a whole value and returns where it stands.
    @discardableResult
    mutating func skipValue() throws(JSONError) -> Range<Int> {
        let kind = try peekKind()
        let start = offset
        switch kind {
        case .object:
            try scanObject { (scanner, _) throws(JSONError) in try scanner.skipValue() }
        case .array:
            try scanArray { (scanner, _) throws(JSONError) in try scanner.skipValue() }
        case .string: try skipString()
        case .number: try skipNumber()
        case .boolean: try skipLiteral(bytes[offset] == UInt8(ascii: "t") ? "true" : "false")
        case .null: try skipLiteral("null")
        }
        return start..<offset
    }

    /// Scans an object, handing each member's key (with its quotes) to `member`, which must consume the value.
    mutating func scanObject(
        _ member: (inout JSONScanner, Range<Int>) throws(JSONError) -> Void
    ) throws(JSONError) {
        try enter(UInt8(ascii: "{"), "an object")
        if !consume(UInt8(ascii: "}")) {
            repeat {
                skipWhitespace()
                let key = try skipString()
                guard consume(UInt8(ascii: ":")) else { throw error("a colon should follow the member's name") }
                try member(&self, key)
            } while consume(UInt8(ascii: ","))
            guard consume(UInt8(ascii: "}")) else { throw error("a comma or } should follow the member") }
        }
        depth -= 1
    }

    /// Scans an array, handing each element's index to `element`, which must consume the element.
    mutating func scanArray(_ element: (inout JSONScanner, Int) throws(JSONError) -> Void) throws(JSONError) {
        try enter(UInt8(ascii: "["), "an array")
        if !consume(UInt8(ascii: "]")) {
            var index = 0
            repeat {
                try element(&self, index)
                index += 1
            } while consume(UInt8(ascii: ","))
            guard consume(UInt8(ascii: "]")) else { throw error("a comma or ] should follow the element") }
        }
        depth -= 1
    }

    /// Makes sure that nothing but white space is left.
    mutating func finish() throws(JSONError) {
        skipWhitespace()
        guard offset == bytes.count else { throw error("something follows the value") }
    }

    func error(_ message: String) -> JSONError {
        JSONError(message, at: offset)
    }

    mutating func skipWhitespace() {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x09, 0x0A, 0x0D: offset += 1
            default: return
            }
        }
    }

    /// Skips white space, and `byte` if it follows.
    mutating func consume(_ byte: UInt8) -> Bool {
        skipWhitespace()
        guard offset < bytes.count, bytes[offset] == byte else { return false }
        offset += 1
        return true
    }

    private mutating func enter(_ opening: UInt8, _ what: String) throws(JSONError) {
        guard consume(opening) else { throw error("\(what) should start here") }
        depth += 1
        guard depth <= Self.maximumDepth else { throw error("nested deeper than \(Self.maximumDepth) levels") }
    }
}
