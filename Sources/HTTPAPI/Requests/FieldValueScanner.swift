/// Reads the value of a header field piece by piece (RFC 9110, section 5.6).
struct FieldValueScanner {
    private var rest: Substring.UTF8View

    init(_ value: String) {
        rest = value[...].utf8
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func skipWhitespace() {
        rest = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    }

    /// Takes a delimiter, if that is what comes next.
    mutating func take(_ delimiter: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: delimiter) else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// A token (section 5.6.2).
    mutating func token() -> String? {
        let token = rest.prefix { $0.isASCIIAlphanumeric || "!#$%&'*+-.^_`|~".utf8.contains($0) }
        rest = rest[token.endIndex...]
        return token.isEmpty ? nil : String(Substring(token))
    }

    /// What a quoted string (section 5.6.4) says, without its quotes and backslashes.
    mutating func quotedString() -> String? {
        guard take("\"") else { return nil }
        var text: [UInt8] = []
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let escaped = rest.popFirst() else { return nil }
                text.append(escaped)
            default: text.append(byte)
            }
        }
        return nil
    }

    /// A name with the value behind it, which is empty where there is none: `a`, `a=b`, `a="b"`.
    mutating func parameter() -> (name: String, value: String)? {
        guard let name = token() else { return nil }
        skipWhitespace()
        guard take("=") else { return (name, "") }
        skipWhitespace()
        guard let value = quotedString() ?? token() else { return nil }
        return (name, value)
    }
}
