import Crypto
import EventService
import HTTPTypes
import NIOCore

import struct Foundation.Data

/// A client's name for a request that it may send more than once (draft-ietf-httpapi-idempotency-key-header).
struct IdempotencyKey {
    static let maximumLength = 255

    /// The key without its quotes.
    let text: String

    /// Reads the field `Idempotency-Key`; `nil` where there is none.
    ///
    /// The draft asks for a string of structured fields (RFC 9651), in quotes. Clients that were there before it send the key
    /// bare, so that is taken too; both are the same key.
    /// - Throws: `ServiceError` of kind `invalid` for several keys, and for one that breaks the rules.
    init?(_ headers: HTTPFields) throws(ServiceError) {
        let values = headers[values: .idempotencyKey]
        guard let value = values.first else { return nil }
        guard values.count == 1 else { throw Self.invalid("is there \(values.count) times: send one") }
        guard let text = Self.text(of: value) else {
            throw Self.invalid(
                "must be of printable ASCII characters, in quotes unless it is without blanks, quotes, commas and semicolons"
            )
        }
        guard 1...Self.maximumLength ~= text.utf8.count else {
            throw Self.invalid("has \(text.utf8.count) characters: 1 to \(Self.maximumLength) are allowed")
        }
        self.text = text
    }

    private static func invalid(_ problem: String) -> ServiceError {
        ServiceError(
            .invalid,
            message: "the Idempotency-Key \(problem)",
            fields: [ServiceError.FieldError(field: "Idempotency-Key", message: problem)]
        )
    }

    private static func text(of value: String) -> String? {
        guard value.utf8.first == UInt8(ascii: "\"") else {
            return value.utf8.allSatisfy { 0x21...0x7E ~= $0 && !"\",;".utf8.contains($0) } ? value : nil
        }
        var scanner = FieldValueScanner(value)
        guard let text = scanner.quotedString(), scanner.isAtEnd else { return nil }
        return text.utf8.allSatisfy { 0x20...0x7E ~= $0 } ? text : nil
    }

    /// The request that has this key, as the service knows it.
    ///
    /// A key belongs to a client and a route: others may have the same for something else. Only its digest is kept, since
    /// nobody knows what clients put into their keys.
    /// - Parameters:
    ///   - client: The name of the client's token; `nil` where none is needed: then all clients are one.
    ///   - route: The path of the route.
    ///   - body: What is asked for.
    func request(of client: String?, to route: String, body: ByteBuffer) -> IdempotentRequest {
        // No part can have a zero in it.
        let name = [client ?? "", route, text].joined(separator: "\0")
        return IdempotentRequest(
            key: Data(SHA256.hash(data: Data(name.utf8))).base64EncodedString(),
            digest: body.withUnsafeReadableBytes { bytes in
                var hash = SHA256()
                hash.update(bufferPointer: bytes)
                return Array(hash.finalize())
            }
        )
    }
}

extension IdempotencyKey {
    /// What a key looks like, as a regular expression.
    static let pattern = #"^("([ !#-\[\]-~]|\\["\\]){1,255}"|[!#-+\--:<-~]{1,255})$"#
}
