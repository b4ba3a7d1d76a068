import HTTPTypes
import NIOHTTP1

/// What the rules of a connection need to know of a request's head, found in one pass over its fields.
///
/// The decoder has refused what can't be parsed, `Content-Length` beside `Transfer-Encoding` or twice included.
struct RequestHeadFacts {
    let isHTTP10: Bool
    /// The body's length in bytes; `nil` where only its end will tell.
    private(set) var bodyLength: Int? = 0
    /// Whether the client sends its body only after `100 Continue` (RFC 9110, section 10.1.1).
    private(set) var awaitsContinue = false
    /// Whether the decoder reads no further request after this one, since the client asked for another protocol.
    private(set) var isDecodersLast: Bool
    /// What is wrong with it.
    private(set) var problem: Problem?

    init(_ head: HTTPRequestHead) {
        isHTTP10 = head.version == .http1_0
        isDecodersLast = head.method == .CONNECT
        var hosts = 0
        if !Self.isUTF8(head.uri) { problem = .notUTF8("URL") }
        for (name, value) in head.headers {
            if !Self.isUTF8(value) { problem = .notUTF8("field \(name)") }
            // Few names have the length of one that matters.
            switch name.utf8.count {
            case 4 where Self.equal(name, "host"):
                hosts += 1
                if !Self.isHost(value) { problem = .invalidHost }
            case 6 where Self.equal(name, "expect"): expect(value)
            case 7 where Self.equal(name, "upgrade"): isDecodersLast = true
            case 14 where Self.equal(name, "content-length"): bodyLength = Int(value)
            case 17 where Self.equal(name, "transfer-encoding"): transferEncoding(value)
            default: break
            }
        }
        // RFC 9112, section 3.2.
        if hosts > 1 || hosts == 0 && !isHTTP10 { problem = .invalidHost }
    }

    private mutating func expect(_ value: String) {
        // Who speaks HTTP/1.0 can't mean it (RFC 9110, section 10.1.1).
        guard !isHTTP10 else { return }
        if Self.equal(value, "100-continue") { awaitsContinue = true } else { problem = .unknownExpectation }
    }

    private mutating func transferEncoding(_ value: String) {
        bodyLength = nil
        if isHTTP10 {
            // RFC 9112, section 6.1.
            problem = .transferEncodingInHTTP10
        } else if !Self.equal(value, "chunked") {
            problem = .unknownTransferEncoding
        }
    }

    /// Whether ASCII text is the same, in lower or upper case.
    private static func equal(_ text: String, _ lowercase: StaticString) -> Bool {
        guard text.utf8.count == lowercase.utf8CodeUnitCount else { return false }
        return lowercase.withUTF8Buffer { expected in
            zip(text.utf8, expected).allSatisfy { $0 == $1 || $0 | 0x20 == $1 && $1 >= UInt8(ascii: "a") }
        }
    }

    /// Whether the text is what the client sent: the decoder puts U+FFFD where bytes are no UTF-8.
    private static func isUTF8(_ text: String) -> Bool {
        var text = text
        let isASCII = text.withUTF8 { bytes in bytes.reduce(0, |) < 0x80 }
        return isASCII || !text.unicodeScalars.contains("\u{FFFD}")
    }

    private static let notInHost = "\"#/<>?@\\^`{|},".utf8

    /// Whether the text can stand in a `Host` field (RFC 3986, section 3.2.2), or is empty.
    private static func isHost(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !notInHost.contains($0) }
    }
}
