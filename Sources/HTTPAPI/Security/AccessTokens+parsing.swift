extension AccessTokens {
    /// The shortest token, in characters.
    public static let minimumTokenLength = 16
    /// The longest token, in characters.
    public static let maximumTokenLength = 1024
    /// The most tokens: every one is compared with what a request brings.
    public static let maximumCount = 1000

    /// What is wrong with a file of tokens.
    ///
    /// It never quotes the file, which is full of secrets.
    public struct ParsingError: Error, Equatable, CustomStringConvertible {
        /// The line, counted from 1; `nil` where it is the file as a whole.
        public let line: Int?
        /// What is wrong, and what is allowed.
        public let reason: String

        /// Both in one line.
        public var description: String { line.map { "line \($0): \(reason)" } ?? reason }
    }

    /// Reads tokens, one a line: `NAME SCOPES TOKEN`, with blanks or tabs between them.
    ///
    /// - A name has 1 to 64 letters, digits, `.`, `_` or `-`.
    /// - Scopes are `read`, `write` and `admin`, separated by commas.
    /// - A token has 16 to 1,024 characters of RFC 6750, section 2.1: letters, digits, `-._~+/`, and `=` at the end. In its
    ///   place may stand its SHA-256 digest: `sha256:` and 64 hexadecimal digits.
    ///
    /// Empty lines, and lines that begin with `#`, are skipped.
    /// - Throws: `ParsingError` for the first line that is wrong, for two tokens or names that are the same, and for a text
    ///   with none or more than 1,000.
    public init(parsing text: String) throws(ParsingError) {
        var entries: [Entry] = []
        var lineOfName: [String: Int] = [:]
        var lineOfDigest: [[UInt8]: Int] = [:]
        for (number, line) in zip(1..., text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)) {
            let fields = line.split { $0 == " " || $0 == "\t" }
            guard let first = fields.first, !first.hasPrefix("#") else { continue }
            let entry: Entry
            do {
                entry = try Entry(fields)
            } catch {
                throw ParsingError(line: number, reason: error.reason)
            }
            if let line = lineOfName.updateValue(number, forKey: entry.client.name) {
                throw ParsingError(line: number, reason: "the name is the same as in line \(line)")
            }
            if let line = lineOfDigest.updateValue(number, forKey: entry.digest) {
                throw ParsingError(line: number, reason: "the token is the same as in line \(line)")
            }
            entries.append(entry)
        }
        guard !entries.isEmpty else { throw ParsingError(line: nil, reason: "there is no token in it") }
        guard entries.count <= Self.maximumCount else {
            throw ParsingError(line: nil, reason: "it has \(entries.count) tokens: allowed are \(Self.maximumCount)")
        }
        self.init(entries: entries)
    }
}

/// What is wrong with a line.
private struct LineError: Error {
    let reason: String
}

extension AccessTokens.Entry {
    fileprivate init(_ fields: [Substring]) throws(LineError) {
        guard fields.count == 3 else {
            throw LineError(reason: "there are \(fields.count) words, not three: NAME SCOPES TOKEN")
        }
        client = AccessTokens.Client(name: try Self.name(fields[0]), scopes: try Self.scopes(fields[1]))
        digest = try Self.digest(fields[2])
    }

    private static func name(_ field: Substring) throws(LineError) -> String {
        let isPlain = field.utf8.allSatisfy { $0.isASCIIAlphanumeric || "._-".utf8.contains($0) }
        guard isPlain, field.utf8.count <= 64 else {
            throw LineError(reason: "a name may have 1 to 64 letters, digits, \".\", \"_\" or \"-\"")
        }
        return String(field)
    }

    private static func scopes(_ field: Substring) throws(LineError) -> Set<AccessScope> {
        var scopes: Set<AccessScope> = []
        for word in field.split(separator: ",", omittingEmptySubsequences: false) {
            guard let scope = AccessScope(rawValue: String(word)) else {
                let names = AccessScope.allCases.map(\.rawValue).joined(separator: ", ")
                throw LineError(reason: "a scope is unknown: allowed are \(names), separated by commas alone")
            }
            scopes.insert(scope)
        }
        return scopes
    }

    private static func digest(_ field: Substring) throws(LineError) -> [UInt8] {
        let marker = "sha256:"
        if field.hasPrefix(marker) {
            guard let digest = [UInt8](hexadecimal: field.dropFirst(marker.count)), digest.count == 32 else {
                throw LineError(reason: "\(marker) must be followed by 64 hexadecimal digits")
            }
            return digest
        }
        guard field.utf8.count >= AccessTokens.minimumTokenLength else {
            throw LineError(reason: "the token has fewer than \(AccessTokens.minimumTokenLength) characters")
        }
        guard BearerCredentials.isToken(field) else {
            throw LineError(
                reason: "a token may have \(AccessTokens.minimumTokenLength) to \(AccessTokens.maximumTokenLength) "
                    + "letters, digits, \"-._~+/\", and \"=\" at its end"
            )
        }
        return Array(AccessTokens.digest(of: field))
    }
}

extension [UInt8] {
    /// Bytes written as two hexadecimal digits each, in either case; `nil` for anything else.
    fileprivate init?(hexadecimal text: Substring) {
        let digits = text.compactMap(\.hexDigitValue)
        guard digits.count == text.utf8.count, digits.count.isMultiple(of: 2) else { return nil }
        self = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
