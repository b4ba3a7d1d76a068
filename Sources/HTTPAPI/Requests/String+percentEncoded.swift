import Foundation

extension String {
    /// The text with everything but the unreserved characters of RFC 3986, section 2.3, percent-encoded: fit for a path's
    /// segment, for a query and for a header.
    var percentEncoded: String {
        addingPercentEncoding(withAllowedCharacters: Self.unreserved) ?? ""
    }

    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    )
}
