/// The names under which a service on loopback is asked for.
///
/// A page from anywhere can point its own host name at 127.0.0.1 after it was loaded, and is then of the same origin as
/// whatever listens there (DNS rebinding). Its requests carry that name in `Host`, where a browser lets nobody lie.
struct ServerNames: Sendable {
    private let names: Set<String>

    /// - Parameters:
    ///   - host: The host that the service listens on.
    ///   - origins: Allowed origins, whose hosts may stand for this service: one that a proxy in front passes on.
    init(host: String, origins: AllowedOrigins) {
        var names: Set<String> = [host.lowercased()]
        if case .these(let origins) = origins {
            for authority in origins.lazy.compactMap(AllowedOrigins.authority) {
                names.insert(Self.host(in: authority).lowercased())
            }
        }
        self.names = names
    }

    /// Whether a `Host` header names this service; its port doesn't matter.
    func contains(_ authority: String) -> Bool {
        let host = Self.host(in: authority[...])
        return Self.isLoopback(host) || names.contains(host.lowercased())
    }

    /// Whether a host is a loopback address (127.0.0.0/8, ::1) or `localhost`, in brackets or not.
    static func isLoopback(_ host: Substring) -> Bool {
        // Of bytes, not characters: this is done for every request.
        let bytes = host.utf8
        if bytes.starts(with: "127.".utf8) {
            // Digits and dots alone are an address: the last label of a name in DNS is never a number.
            return bytes.allSatisfy { $0 == UInt8(ascii: ".") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        }
        return host == "localhost" || host == "[::1]" || host == "::1" || host.lowercased() == "localhost"
    }

    /// The host in `host:port`; an IPv6 address keeps its brackets.
    private static func host(in authority: Substring) -> Substring {
        let bytes = authority.utf8
        let isBracketed = bytes.first == UInt8(ascii: "[")
        let end = isBracketed ? bytes.firstIndex(of: UInt8(ascii: "]")) : nil
        let colon = bytes[(end ?? bytes.startIndex)...].firstIndex(of: UInt8(ascii: ":"))
        return authority[..<(colon ?? bytes.endIndex)]
    }
}
