/// A setting whose value a policy doesn't accept.
///
/// Policies check their settings when they are made and never replace one silently.
public struct InvalidConfiguration: Error, Sendable, Equatable, CustomStringConvertible {
    /// The setting's name, as it is spelled in the initializer.
    public let field: String
    /// The value that was given.
    public let value: String
    /// What is allowed, in words: *1 or more*.
    public let allowed: String

    /// Names a setting, its value and what is allowed.
    public init(field: String, value: String, allowed: String) {
        self.field = field
        self.value = value
        self.allowed = allowed
    }

    /// One line that names all three.
    public var description: String { "\(field) is \(value), allowed is \(allowed)" }
}

/// Throws an error about `field` unless `condition` holds.
func require(
    _ condition: Bool,
    _ field: String,
    _ value: some CustomStringConvertible,
    allowed: @autoclosure () -> String
) throws(InvalidConfiguration) {
    guard condition else { throw InvalidConfiguration(field: field, value: value.description, allowed: allowed()) }
}
