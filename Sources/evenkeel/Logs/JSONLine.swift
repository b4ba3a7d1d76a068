import Logging

/// A line of a log as a JSON object, written member by member.
///
/// Every request writes one: a general encoder takes many times as long over it.
struct JSONLine {
    /// The bytes so far; a whole line once it is finished.
    private(set) var bytes: [UInt8] = []

    init() {
        bytes.reserveCapacity(512)
        bytes.append(UInt8(ascii: "{"))
    }

    /// Adds a member; no two may have the same name.
    mutating func add(_ name: String, _ text: String) {
        addName(name)
        append(text)
    }

    /// Adds members in the order of their names.
    mutating func add(_ metadata: Logger.Metadata) {
        // The names alone, because to sort the values with them costs as much as all the rest.
        for name in metadata.keys.sorted() {
            guard let value = metadata[name] else { continue }
            addName(name)
            append(value)
        }
    }

    /// Ends the object and the line.
    mutating func finish() {
        bytes.append(UInt8(ascii: "}"))
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func addName(_ name: String) {
        if bytes.last != UInt8(ascii: "{") { bytes.append(UInt8(ascii: ",")) }
        append(name)
        bytes.append(UInt8(ascii: ":"))
    }

    private mutating func append(_ value: Logger.MetadataValue) {
        switch value {
        case .string(let text): append(text)
        case .stringConvertible(let value): append(converting: value)
        case .array(let values):
            bytes.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                append(value)
            }
            bytes.append(UInt8(ascii: "]"))
        case .dictionary(let members):
            bytes.append(UInt8(ascii: "{"))
            add(members)
            bytes.append(UInt8(ascii: "}"))
        }
    }

    /// A number or a truth value as it is; anything else as its description.
    private mutating func append(converting value: any CustomStringConvertible) {
        let text = value.description
        // Types are compared because casts to each of them in turn would cost ten times as much.
        let type = type(of: value)
        if Self.literalTypes.contains(where: { $0 == type }) || type == Double.self && Self.isFinite(text) {
            bytes += text.utf8
        } else {
            append(text)
        }
    }

    private static let literalTypes: [any Any.Type] = [Int.self, Int64.self, UInt64.self, Bool.self]

    /// Whether the description of a `Double` is that of a number: `inf` and `nan` are none to JSON.
    private static func isFinite(_ description: String) -> Bool {
        description.utf8.last.map { $0 <= UInt8(ascii: "9") } ?? false
    }

    /// A string (RFC 8259, section 7); what is not ASCII stays as it is.
    private mutating func append(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
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
