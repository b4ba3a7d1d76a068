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

    /// What stood in the way, in words for anybody: without names of files.
    var reason: String {
        switch kind {
        case .conflict: "it contradicts what is kept already"
        case .full: "as many are kept as may be, until some are delivered or somebody discards refused ones"
        case .noSpace: "there is no room left on the disk"
        case .readOnly: "the file or its folder can't be written"
        case .corrupt: "the file is damaged"
        case .tooNew: "the file is a newer version's"
        case .unavailable: "the database doesn't answer; the log says why"
        }
    }

    /// One sentence for an operator: what happened, and where.
    public var message: String

    /// Creates an error from its parts.
    public init(_ kind: Kind, message: String) {
        self.kind = kind
        self.message = message
    }
}
