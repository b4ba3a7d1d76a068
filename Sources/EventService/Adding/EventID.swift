/// Makes identifiers for events: UUIDs of version 7 (RFC 9562, section 5.7).
///
/// They are unique without asking anybody, and sort by the time they were made.
public struct EventIDGenerator: Sendable {
    private let milliseconds: @Sendable () -> UInt64
    private let random: @Sendable () -> (UInt64, UInt64)

    /// Creates a generator.
    /// - Parameters:
    ///   - milliseconds: The time since 1970-01-01T00:00:00Z in milliseconds, of which 48 bits are used.
    ///   - random: 128 random bits, of which 74 are used.
    public init(
        milliseconds: @escaping @Sendable () -> UInt64,
        random: @escaping @Sendable () -> (UInt64, UInt64) = EventIDGenerator.systemRandom
    ) {
        self.milliseconds = milliseconds
        self.random = random
    }

    /// A new identifier, in lower case with hyphens.
    public func next() -> String {
        let (first, second) = random()
        let high = milliseconds() << 16 | 0x7000 | first & 0x0FFF
        let low = second & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        return Self.format(high, low)
    }

    /// 128 bits of the system's randomness.
    public static let systemRandom: @Sendable () -> (UInt64, UInt64) = {
        var generator = SystemRandomNumberGenerator()
        return (generator.next(), generator.next())
    }

    private static func format(_ high: UInt64, _ low: UInt64) -> String {
        let digits = high.hexadecimal + low.hexadecimal
        var id = ""
        id.reserveCapacity(36)
        for (index, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(index) { id.append("-") }
            id.append(digit)
        }
        return id
    }
}
