import Foundation
import NIOCore
import NIOFoundationCompat

/// The words in which an events API explains an error, where it does.
struct UpstreamErrorBody: Decodable {
    private let message: String?
    private let error: String?

    /// The longest explanation that is passed on, in Unicode scalars.
    private static let maximumLength = 200

    static func message(in body: ByteBuffer) -> String? {
        // A body without the members known here is no error: then there is just nothing to quote.
        guard let decoded = try? JSONDecoder().decode(UpstreamErrorBody.self, from: body) else { return nil }
        return (decoded.message ?? decoded.error).map { String($0.unicodeScalars.prefix(maximumLength)) }
    }
}
