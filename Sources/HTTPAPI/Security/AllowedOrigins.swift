import Foundation

/// The origins whose pages may use the API from a browser.
public enum AllowedOrigins: Sendable, Equatable {
    /// Every page may.
    case any
    /// Only the pages of these origins may, each as a browser writes it: `https://example.com`, `http://localhost:8080`.
    case these(Set<String>)

    /// No page of another origin may.
    public static let none = AllowedOrigins.these([])

    /// Why a text is no list of origins.
    public struct ParsingError: Error, Equatable {
        /// The part that is wrong.
        public let origin: String
        /// What is wrong with it.
        public let reason: String
    }

    /// Reads origins, separated by commas; `*` alone stands for every one.
    ///
    /// Origins are compared as text, so each is brought into the form in which browsers send it (RFC 6454, section 6.1):
    /// scheme and host in lower case, without the scheme's own port.
    /// - Throws: `ParsingError` for the first one that no browser would send.
    public init(parsing text: String) throws(ParsingError) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        guard parts != ["*"] else {
            self = .any
            return
        }
        var origins: Set<String> = []
        for part in parts {
            guard part != "*" else { throw ParsingError(origin: "*", reason: "* stands alone or not at all") }
            origins.insert(try Self.origin(part))
        }
        self = .these(origins)
    }

    /// Whether the pages of an origin may use the API.
    func contains(_ origin: String) -> Bool {
        switch self {
        case .any: true
        case .these(let origins): origins.contains(origin)
        }
    }

    /// The host in an origin with its port, as a `Host` header has it.
    static func authority(of origin: some StringProtocol) -> Substring? {
        origin.firstRange(of: "://").map { Substring(origin[$0.upperBound...]) }
    }

    private static func origin(_ text: String) throws(ParsingError) -> String {
        let text = text.lowercased()
        guard text != "null" else {
            throw ParsingError(origin: text, reason: "null is the origin of every sandboxed page")
        }
        guard let match = text.wholeMatch(of: /([a-z][a-z0-9+.-]*):\/\/([a-z0-9._-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?/)
        else { throw ParsingError(origin: text, reason: "it must be a scheme, a host and perhaps a port, no more") }
        let (_, scheme, host, port) = match.output
        guard port.map({ UInt16($0.dropFirst()) != nil }) ?? true else {
            throw ParsingError(origin: text, reason: "a port is at most 65535")
        }
        let isDefaultPort = (scheme == "http" && port == ":80") || (scheme == "https" && port == ":443")
        return "\(scheme)://\(host)\(isDefaultPort ? "" : port ?? "")"
    }
}
