/// Writes JSON (RFC 8259) piece by piece, with the commas where they belong.
///
/// For what is written with every request: a general encoder takes many times as long over it. The caller sees to it that
/// objects and arrays are closed, that names alternate with values inside an object, and that none is given twice.
public struct JSONWriter: Sendable {
    /// What is written so far, as UTF-8.
    public private(set) var bytes: [UInt8] = []

    /// Creates a writer that has written nothing.
    /// - Parameter capacity: The bytes to make room for.
    public init(reservingCapacity capacity: Int = 512) {
        bytes.reserveCapacity(capacity)
    }

    /// Begins an object.
    public mutating func beginObject() { begin(UInt8(ascii: "{")) }

    /// Ends the innermost object.
    public mutating func endObject() { bytes.append(UInt8(ascii: "}")) }

    /// Begins an array.
    public mutating func beginArray() { begin(UInt8(ascii: "[")) }

    /// Ends the innermost array.
    public mutating func endArray() { bytes.append(UInt8(ascii: "]")) }

    /// Ends a line, after a whole value: what follows is another one (https://jsonlines.org).
    public mutating func endLine() { bytes.append(UInt8(ascii: "\n")) }

    /// Writes the name of a member, whose value is to follow.
    public mutating func write(name: String) {
        write(name)
        bytes.append(UInt8(ascii: ":"))
    }

    /// Writes a string (section 7); what is not ASCII stays as it is.
    public mutating func write(_ text: String) {
        begin(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            if utf8.allSatisfy(Self.isPlain) {
                bytes += utf8
            } else {
                for byte in utf8 { append(escaping: byte) }
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes a number or a truth value, which is given as JSON has it.
    public mutating func write(literal: String) {
        separate()
        bytes += literal.utf8
    }

    /// Writes a member that is a string.
    public mutating func write(_ name: String, _ text: String) {
        write(name: name)
        write(text)
    }

    /// Writes a member that is a number.
    public mutating func write(_ name: String, _ number: some FixedWidthInteger) {
        write(name: name)
        write(literal: String(number))
    }

    /// Writes a member that is a truth value.
    public mutating func write(_ name: String, _ isTrue: Bool) {
        write(name: name)
        write(literal: isTrue ? "true" : "false")
    }

    private mutating func begin(_ delimiter: UInt8) {
        separate()
        bytes.append(delimiter)
    }

    /// Writes the comma after what is complete: everything is but an opening bracket, the colon after a name, and the end of a line.
    private mutating func separate() {
        switch bytes.last {
        case nil, UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ":"), UInt8(ascii: "\n"): break
        default: bytes.append(UInt8(ascii: ","))
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    private mutating func append(escaping byte: UInt8) {
        switch byte {
        case _ where Self.isPlain(byte): bytes.append(byte)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
        case UInt8(ascii: "\n"): bytes += "\\n".utf8
        case UInt8(ascii: "\t"): bytes += "\\t".utf8
        default: bytes += "\\u00\(byte < 0x10 ? "0" : "")\(String(byte, radix: 16))".utf8
        }
    }
}
