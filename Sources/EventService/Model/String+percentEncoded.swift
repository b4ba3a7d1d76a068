public import Foundation

extension String {
    /// The text with everything but the unreserved characters of RFC 3986, section 2.3, percent-encoded: fit for a path's
    /// segment, for a query and for a header.
    public var percentEncoded: String {
        addingPercentEncoding(withAllowedCharacters: .unreserved) ?? ""
    }
}

extension CharacterSet {
    /// The characters that a URL holds anywhere without meaning anything (RFC 3986, section 2.3).
    public static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    )
}
