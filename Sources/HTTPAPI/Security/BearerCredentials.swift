import HTTPTypes

/// What a request says about who sent it (RFC 6750, section 2.1).
enum BearerCredentials: Equatable {
    /// No bearer token: nothing at all, or another scheme.
    case none
    /// A bearer token that can't be one.
    case malformed
    case token(Substring)

    /// Reads the `Authorization` header; nowhere else a token is looked for, since URLs and bodies get logged and kept.
    ///
    /// Two such headers come as one with a comma in it, which no token has.
    init(_ headers: HTTPFields) {
        guard let value = headers[.authorization] else {
            self = .none
            return
        }
        // RFC 9110, section 11.1: the scheme's case doesn't matter.
        let scheme = value.prefix { $0 != " " }
        guard scheme.utf8.count == 6, scheme.lowercased() == "bearer" else {
            self = .none
            return
        }
        let token = value[scheme.endIndex...].drop { $0 == " " }
        self = token.isEmpty ? .none : Self.isToken(token) ? .token(token) : .malformed
    }

    /// Whether a text is a `b64token` that isn't too long to be looked at.
    static func isToken(_ text: Substring) -> Bool {
        guard text.utf8.count <= AccessTokens.maximumTokenLength else { return false }
        let body = text.utf8.prefix { $0 != UInt8(ascii: "=") }
        return !body.isEmpty
            && body.allSatisfy { $0.isASCIIAlphanumeric || "-._~+/".utf8.contains($0) }
            && text.utf8[body.endIndex...].allSatisfy { $0 == UInt8(ascii: "=") }
    }
}

extension UInt8 {
    /// Whether it is a letter or digit of ASCII.
    var isASCIIAlphanumeric: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"):
            true
        default: false
        }
    }
}
