/// The trace that a request belongs to (W3C Trace Context, https://www.w3.org/TR/trace-context/).
///
/// Evenkeel records no spans, so it adds none of its own: the events API gets the `traceparent` that the client sent, and a
/// span of theirs is the parent of the events API's, not one that nobody will ever find (section 3.4: what doesn't record
/// may pass the headers on unmodified). The trace's identifier stands in the log.
struct TraceContext: Equatable {
    /// The `traceparent` of version 00 to send on and to return.
    let parent: String

    /// The `tracestate` to send on, unmodified; `nil` where there is none, or none that may be sent on.
    let state: String?

    /// The identifier of the trace, 32 hexadecimal digits.
    var traceID: Substring { parent.dropFirst(3).prefix(32) }

    /// The trace that a client sent, or a new one where its `traceparent` breaks the rules.
    ///
    /// - Parameters:
    ///   - parent: The `traceparent` header.
    ///   - state: All `tracestate` headers, joined by commas; not looked at without a valid `parent` (section 3.3).
    init(parent: String?, state: String?) {
        if let parent, let accepted = Self.accepted(parent) {
            self.parent = accepted
            self.state = state.flatMap(TraceState.accepted)
        } else {
            self.parent = Self.makeParent()
            self.state = nil
        }
    }

    /// The beginning of a new trace, not sampled: whoever records traces decides that at their own beginning.
    private static func makeParent() -> String {
        "00-\(RequestIdentifier.make())\(RequestIdentifier.make())-\(RequestIdentifier.make())-00"
    }
}

extension TraceContext {
    /// The length of a `traceparent` of version 00, in bytes.
    private static let length = 55

    /// A valid `traceparent` as version 00 writes it (section 3.2).
    ///
    /// Of a later version only what version 00 knows is taken over, the flag `sampled` among the flags, as section 3.2.4
    /// ("Versioning of traceparent") asks for.
    private static func accepted(_ candidate: String) -> String? {
        var candidate = candidate
        return candidate.withUTF8 { bytes in
            guard bytes.count >= length, isWellFormed(bytes) else { return nil }
            if bytes.starts(with: "00-".utf8) {
                return bytes.count == length ? String(decoding: bytes, as: UTF8.self) : nil
            }
            guard !bytes.starts(with: "ff".utf8) else { return nil }
            guard bytes.count == length || bytes[length] == UInt8(ascii: "-") else { return nil }
            // The last bit of a hexadecimal digit is that of its byte for 0-9, and the opposite for a-f.
            let last = bytes[length - 1]
            let isSampled = (last & 1 == 1) == (last <= UInt8(ascii: "9"))
            return "00" + String(decoding: bytes[2..<53], as: UTF8.self) + (isSampled ? "01" : "00")
        }
    }

    /// Whether the first 55 bytes are two, 32, 16 and two hexadecimal digits with dashes between them, and neither identifier
    /// is all zeros.
    private static func isWellFormed(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let dashes = [2, 35, 52]
        return bytes.indices.prefix(length).allSatisfy { index in
            dashes.contains(index) ? bytes[index] == UInt8(ascii: "-") : isLowercaseHexadecimal(bytes[index])
        }
            && bytes[3..<35].contains { $0 != UInt8(ascii: "0") }
            && bytes[36..<52].contains { $0 != UInt8(ascii: "0") }
    }

    private static func isLowercaseHexadecimal(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}
