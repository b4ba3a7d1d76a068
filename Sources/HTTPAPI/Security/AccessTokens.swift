import Crypto

/// The bearer tokens that are accepted, each with a name and scopes.
///
/// Only the SHA-256 digests are kept: what isn't in memory can't leak from it.
public struct AccessTokens: Sendable, Equatable {
    /// Somebody who may ask.
    struct Client: Sendable, Equatable {
        /// Stands in the log, in place of the token.
        let name: String
        let scopes: Set<AccessScope>
    }

    struct Entry: Sendable, Equatable {
        let client: Client
        let digest: [UInt8]
    }

    let entries: [Entry]

    init(entries: [Entry]) {
        self.entries = entries
    }

    /// The names of the tokens, in the order of the file.
    public var names: [String] { entries.map(\.client.name) }

    /// Whose token a request brings; `nil` where it brings none that is known.
    func client(of credentials: BearerCredentials) -> Client? {
        guard case .token(let token) = credentials else { return nil }
        return client(of: token)
    }

    /// Whose token this is; `nil` for one that isn't known.
    ///
    /// Every entry is compared, each in constant time, so that the time tells nothing about how close a guess is.
    func client(of token: Substring) -> Client? {
        client(digest: Self.digest(of: token)) { $0 == $1 }
    }

    /// - Parameter isEqual: Takes the same time whatever the bytes are; a parameter, so that a test can count.
    func client(digest: SHA256Digest, isEqual: (SHA256Digest, [UInt8]) -> Bool) -> Client? {
        var found: Client?
        for entry in entries where isEqual(digest, entry.digest) { found = entry.client }
        return found
    }

    static func digest(of token: Substring) -> SHA256Digest {
        var token = token
        return token.withUTF8 { bytes in
            var hash = SHA256()
            hash.update(bufferPointer: UnsafeRawBufferPointer(bytes))
            return hash.finalize()
        }
    }
}

extension AccessTokens: CustomStringConvertible {
    /// The names alone.
    public var description: String { names.joined(separator: ", ") }
}
