/// Why a store could not do what it was asked for.
public struct StoreError: Error, Sendable, Equatable {
    /// What stood in the way.
    public enum Kind: Sendable, Hashable, CaseIterable {
        /// What is to be kept contradicts what is kept already.
        case conflict
        /// As many are kept as may be.
        case full
        /// There is no room left on the disk.
        case noSpace
        /// The file or its folder can't be written.
        case readOnly
        /// The file is damaged, or is no database.
        case corrupt
        /// The file was written by a newer version.
        case tooNew
        /// Anything else.
        case unavailable
    }

    /// What stood in the way.
    public var kind: Kind

    /// One sentence for an operator: what happened, and where.
    public var message: String

    /// Creates an error from its parts.
    public init(_ kind: Kind, message: String) {
        self.kind = kind
        self.message = message
    }
}
