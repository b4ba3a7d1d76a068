/// Which identifiers of requests are taken into logs and answers, and what new ones look like.
enum RequestIdentifier {
    private static let maximumLength = 128

    /// The identifier that a client sent, if it is short and plain enough to stand in a header and a log line.
    static func accepted(_ candidate: String) -> String? {
        let isPlain = candidate.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        return !candidate.isEmpty && candidate.utf8.count <= maximumLength && isPlain ? candidate : nil
    }

    /// A new identifier: 64 random bits in hexadecimal.
    static func make() -> String {
        hexadecimal(UInt64.random(in: .min ... .max))
    }

    /// A number as 16 hexadecimal digits.
    static func hexadecimal(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
