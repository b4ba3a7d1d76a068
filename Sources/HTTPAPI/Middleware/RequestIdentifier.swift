import EventService
import Synchronization

/// Which identifiers of requests are taken into logs and answers, and what new ones look like.
enum RequestIdentifier {
    private static let maximumLength = 128

    /// The identifier that a client sent, if it is short and plain enough to stand in a header and a log line.
    static func accepted(_ candidate: String) -> String? {
        let isPlain = candidate.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        return !candidate.isEmpty && candidate.utf8.count <= maximumLength && isPlain ? candidate : nil
    }

    /// A new identifier: 64 random bits in hexadecimal, never all of them 0.
    static func make() -> String {
        var bits = nextRandom()
        while bits == 0 { bits = nextRandom() }
        return bits.hexadecimal
    }

    /// The state of SplitMix64 (Steele, Lea and Flood, 2014): identifiers must differ, not be secret, and the system's own
    /// random numbers cost a system call each.
    private static let state = Atomic<UInt64>(.random(in: .min ... .max))

    private static func nextRandom() -> UInt64 {
        var bits = state.wrappingAdd(0x9E37_79B9_7F4A_7C15, ordering: .relaxed).newValue
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}
