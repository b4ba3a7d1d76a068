import Foundation

/// The base address of an HTTP API: http or https, a host, perhaps a port and a path.
public struct BaseURL: Sendable, Equatable, CustomStringConvertible {
    /// The address without a slash at its end.
    public let string: String

    /// Checks an address.
    ///
    /// - Returns: `nil` unless it is http or https with a host, perhaps a port from 1 to 65535, and without user, query or
    ///   fragment: a path is appended to it, and it is shown on screens and in logs.
    public init?(_ string: String) {
        guard let parts = URLComponents(string: string, encodingInvalidCharacters: false),
            let scheme = parts.scheme?.lowercased(), scheme == "http" || scheme == "https", let host = parts.host,
            !host.isEmpty, (1...65_535).contains(parts.port ?? 80), parts.user == nil, parts.password == nil,
            parts.query == nil, parts.fragment == nil
        else { return nil }
        var base = string
        while base.hasSuffix("/") { base.removeLast() }
        self.string = base
    }

    /// The address without a slash at its end.
    public var description: String { string }
}
