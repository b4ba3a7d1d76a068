/// Why some bytes are not the JSON that was expected.
public struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What was expected and what was found, for a person.
    public var message: String

    /// The offset of the first byte that is wrong, from 0.
    public var offset: Int

    /// Creates an error from its parts.
    public init(_ message: String, at offset: Int) {
        self.message = message
        self.offset = offset
    }

    /// The message and where it applies.
    public var description: String {
        "\(message) (at byte \(offset))"
    }
}
