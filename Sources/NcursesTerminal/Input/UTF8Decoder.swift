/// Decodes UTF-8 byte by byte and survives whatever comes.
struct UTF8Decoder: Equatable {
    /// What a byte brought.
    enum Step: Equatable {
        /// More bytes belong to the scalar.
        case incomplete
        /// The scalar is complete.
        case scalar(Unicode.Scalar)
        /// The byte can't stand here and is dropped.
        case invalid
        /// What came before was cut short and is dropped; the byte has to be decoded again.
        case cutShort
    }

    private var value: UInt32 = 0
    private var missing = 0
    private var allowed: ClosedRange<UInt8> = 0x80...0xBF

    /// Whether a scalar has begun.
    var isIncomplete: Bool { missing > 0 }

    /// Takes a byte.
    mutating func decode(_ byte: UInt8) -> Step {
        guard missing > 0 else { return begin(byte) }
        guard allowed.contains(byte) else {
            reset()
            return .cutShort
        }
        allowed = 0x80...0xBF
        value = value << 6 | UInt32(byte & 0x3F)
        missing -= 1
        guard missing == 0 else { return .incomplete }
        return Unicode.Scalar(value).map(Step.scalar) ?? .invalid
    }

    /// Forgets a scalar that has begun.
    mutating func reset() {
        missing = 0
        allowed = 0x80...0xBF
    }

    /// The second byte's range keeps out overlong forms, surrogates and what is beyond Unicode (Unicode table 3-7).
    private mutating func begin(_ byte: UInt8) -> Step {
        switch byte {
        case 0x00...0x7F: return .scalar(Unicode.Scalar(byte))
        case 0xC2...0xDF: expect(1, byte & 0x1F, 0x80...0xBF)
        case 0xE0: expect(2, byte & 0x0F, 0xA0...0xBF)
        case 0xED: expect(2, byte & 0x0F, 0x80...0x9F)
        case 0xE1...0xEF: expect(2, byte & 0x0F, 0x80...0xBF)
        case 0xF0: expect(3, byte & 0x07, 0x90...0xBF)
        case 0xF1...0xF3: expect(3, byte & 0x07, 0x80...0xBF)
        case 0xF4: expect(3, byte & 0x07, 0x80...0x8F)
        default: return .invalid
        }
        return .incomplete
    }

    private mutating func expect(_ count: Int, _ bits: UInt8, _ range: ClosedRange<UInt8>) {
        missing = count
        value = UInt32(bits)
        allowed = range
    }
}
