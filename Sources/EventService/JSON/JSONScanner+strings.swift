extension JSONScanner {
    /// Whether the string at `range` (with its quotes) spells `name` to the byte, however it is escaped.
    func string(at range: Range<Int>, equals name: String) -> Bool {
        let content = bytes[range].dropFirst().dropLast()
        // An escape is longer than what it stands for.
        if content.count < name.utf8.count { return false }
        if content.contains(UInt8(ascii: "\\")) { return decodedString(at: range).utf8.elementsEqual(name.utf8) }
        return content.count == name.utf8.count && content.elementsEqual(name.utf8)
    }

    /// The text of the string at `range` (with its quotes), which was scanned before and so is well-formed.
    func decodedString(at range: Range<Int>) -> String {
        let content = bytes[range].dropFirst().dropLast()
        guard content.contains(UInt8(ascii: "\\")) else { return String(decoding: content, as: UTF8.self) }
        var units: [UInt16] = []
        var rest = String(decoding: content, as: UTF8.self).utf16[...]
        while let unit = rest.popFirst() {
            units.append(unit == backslash ? decodeEscape(&rest) : unit)
        }
        return String(decoding: units, as: UTF16.self)
    }

    private var backslash: UInt16 { 0x5C }

    private func decodeEscape(_ rest: inout Substring.UTF16View) -> UInt16 {
        guard let escape = rest.popFirst() else { return backslash }
        switch UInt8(truncatingIfNeeded: escape) {
        case UInt8(ascii: "b"): return 0x08
        case UInt8(ascii: "f"): return 0x0C
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "u"):
            let digits = String(decoding: rest.prefix(4), as: UTF16.self)
            rest = rest.dropFirst(4)
            return UInt16(digits, radix: 16) ?? 0xFFFD
        default: return escape
        }
    }
}
