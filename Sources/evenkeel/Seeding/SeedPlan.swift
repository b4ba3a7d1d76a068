/// Which events to add: the same ones whenever it is asked for with the same numbers.
///
/// That is what lets an interrupted run go on: the identifiers of the second run are those of the first.
struct SeedPlan: Sendable {
    /// An event to add.
    struct Item: Sendable, Equatable, Encodable {
        let id: String
        let name: String
        let userId: String
        let startsAt: String
        let location: String
    }

    let count: Int
    let seed: UInt64
    let userIDs: [String]

    /// The event at an index below `count`.
    func item(at index: Int) -> Item {
        var random = SplitMix(seed: seed &+ UInt64(index) &* 0x9E37_79B9_7F4A_7C15)
        let id = Self.identifier(random.next(), random.next())
        let topic = Self.topics[random.index(below: Self.topics.count)]
        let kind = Self.kinds[random.index(below: Self.kinds.count)]
        let day = Self.twoDigits(1 + random.index(below: 28))
        let month = Self.twoDigits(1 + random.index(below: 12))
        let hour = Self.twoDigits(8 + random.index(below: 12))
        return Item(
            id: id,
            name: "\(topic) \(kind)",
            userId: userIDs[index % userIDs.count],
            startsAt: "2027-\(month)-\(day)T\(hour):00:00Z",
            location: Self.places[random.index(below: Self.places.count)]
        )
    }

    /// A UUID of version 8 (RFC 9562, section 5.8): of our own making, and never one that somebody made at random.
    private static func identifier(_ high: UInt64, _ low: UInt64) -> String {
        let high = high & 0xFFFF_FFFF_FFFF_0FFF | 0x8000
        let low = low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        let digits = hexadecimal(high) + hexadecimal(low)
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
            .map { String(digits.dropFirst($0.lowerBound).prefix($0.count)) }
            .joined(separator: "-")
    }

    private static func hexadecimal(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private static func twoDigits(_ value: Int) -> String {
        value < 10 ? "0\(value)" : "\(value)"
    }

    private static let topics = [
        "Compiler", "Navigation", "Harbour", "Tides", "Rigging", "Signal", "Weather", "Ballast", "Compass", "Charter",
    ]
    private static let kinds = ["workshop", "review", "talk", "dinner", "planning", "retrospective", "demo", "walk"]
    private static let places = ["Room 1", "Room 2", "Pier 4", "Boathouse", "Library", "Online"]
}

/// SplitMix64 (Steele, Lea and Flood, 2014): small, and the same everywhere.
private struct SplitMix {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func index(below bound: Int) -> Int {
        Int(next() % UInt64(bound))
    }
}
