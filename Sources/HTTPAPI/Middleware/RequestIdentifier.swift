/// Which identifiers from outside are taken into logs and answers, and what new ones look like.
enum RequestIdentifier {
    private static let maximumLength = 128

    /// The identifier that a client sent, if it is short and plain enough to stand in a header and a log line.
    static func accepted(_ candidate: String) -> String? {
        let isPlain = candidate.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        return !candidate.isEmpty && candidate.utf8.count <= maximumLength && isPlain ? candidate : nil
    }

    /// The `traceparent` that a client sent, if it has the form of version 00 (W3C Trace Context, section 3.2).
    static func acceptedTraceParent(_ candidate: String) -> String? {
        let parts = candidate.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [2, 32, 16, 2], parts[0] == "00",
            parts.allSatisfy({ $0.utf8.allSatisfy(isLowercaseHexadecimal) }),
            parts[1].contains(where: { $0 != "0" }), parts[2].contains(where: { $0 != "0" })
        else { return nil }
        return candidate
    }

    /// A new identifier: 64 random bits in hexadecimal.
    static func make() -> String {
        hexadecimal(UInt64.random(in: .min ... .max))
    }

    /// The beginning of a new trace, not sampled: whoever records traces decides that at their own beginning.
    static func makeTraceParent() -> String {
        // All zeros are no identifiers (W3C Trace Context, section 3.2.2).
        let trace = make() + hexadecimal(UInt64.random(in: 1 ... .max))
        return "00-\(trace)-\(hexadecimal(UInt64.random(in: 1 ... .max)))-00"
    }

    /// The identifier of the trace in a `traceparent` of version 00.
    static func traceID(in traceParent: String) -> Substring {
        traceParent.dropFirst(3).prefix(32)
    }

    private static func hexadecimal(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private static func isLowercaseHexadecimal(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}
