extension JSONScanner {
    /// Skips a string and returns where it stands, quotes included.
    @discardableResult
    mutating func skipString() throws(JSONError) -> Range<Int> {
        let start = offset
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else {
            throw error("a string should start here")
        }
        offset += 1
        while offset < bytes.count {
            let byte = bytes[offset]
            switch byte {
            case UInt8(ascii: "\""):
                offset += 1
                return start..<offset
            case UInt8(ascii: "\\"): try skipEscape()
            case 0x00..<0x20: throw error("a control character stands in a string")
            case 0x20..<0x80: offset += 1
            default: try skipMultibyteScalar(first: byte)
            }
        }
        throw error("the text ends inside a string")
    }

    /// Skips a number: an optional minus, digits without leading zeros, and optional fraction and exponent.
    mutating func skipNumber() throws(JSONError) {
        if bytes[offset] == UInt8(ascii: "-") { offset += 1 }
        if offset < bytes.count, bytes[offset] == UInt8(ascii: "0") {
            offset += 1
        } else {
            try skipDigits()
        }
        if offset < bytes.count, bytes[offset] == UInt8(ascii: ".") {
            offset += 1
            try skipDigits()
        }
        if offset < bytes.count, bytes[offset] | 0x20 == UInt8(ascii: "e") {
            offset += 1
            if offset < bytes.count, bytes[offset] == UInt8(ascii: "+") || bytes[offset] == UInt8(ascii: "-") {
                offset += 1
            }
            try skipDigits()
        }
    }

    mutating func skipLiteral(_ literal: StaticString) throws(JSONError) {
        let end = offset + literal.utf8CodeUnitCount
        guard end <= bytes.count,
            bytes[offset..<end].elementsEqual(
                UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount)
            )
        else { throw error("\(literal) should stand here") }
        offset = end
    }

    private mutating func skipDigits() throws(JSONError) {
        let start = offset
        while offset < bytes.count, isDigit(bytes[offset]) { offset += 1 }
        guard offset > start else { throw error("a digit should stand here") }
    }

    private mutating func skipEscape() throws(JSONError) {
        offset += 1
        guard offset < bytes.count else { throw error("the text ends inside an escape") }
        switch bytes[offset] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            offset += 1
        case UInt8(ascii: "u"):
            offset += 1
            try skipUnicodeEscape()
        default: throw error("there is no such escape")
        }
    }

    /// Skips the digits of a `\u` escape; a surrogate is taken only as the pair it belongs to.
    private mutating func skipUnicodeEscape() throws(JSONError) {
        let unit = try skipFourHexDigits()
        guard unit & 0xF800 == 0xD800 else { return }
        guard unit < 0xDC00, offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "\\"),
            bytes[offset + 1] == UInt8(ascii: "u")
        else { throw error("half of a surrogate pair stands alone") }
        offset += 2
        guard try skipFourHexDigits() & 0xFC00 == 0xDC00 else { throw error("half of a surrogate pair stands alone") }
    }

    private mutating func skipFourHexDigits() throws(JSONError) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard offset < bytes.count, let digit = hexDigit(bytes[offset]) else {
                throw error("a hexadecimal digit should stand here")
            }
            value = value << 4 | digit
            offset += 1
        }
        return value
    }

    /// Skips a scalar of two to four bytes, checked by the table of well-formed UTF-8 (Unicode 3.9, table 3-7).
    private mutating func skipMultibyteScalar(first: UInt8) throws(JSONError) {
        let length: Int
        let second: ClosedRange<UInt8>
        switch first {
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: throw error("this is not UTF-8")
        }
        guard offset + length <= bytes.count, second.contains(bytes[offset + 1]),
            bytes[(offset + 2)..<(offset + length)].allSatisfy({ $0 & 0xC0 == 0x80 })
        else { throw error("this is not UTF-8") }
        offset += length
    }

    private func isDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }

    private func hexDigit(_ byte: UInt8) -> UInt16? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
