/// What a token allows.
///
/// Each scope stands for itself: `admin` brings neither `write` nor `read`.
public enum AccessScope: String, Sendable, CaseIterable {
    /// Reading users, events, breakers, the timeline and the metrics.
    case read
    /// Adding events.
    case write
    /// Changing how the service behaves: its breakers, and what is in its outbox.
    case admin
}

extension Operation.Access {
    /// The scope that a token needs for it; `nil` where no token is needed.
    var scope: AccessScope? {
        switch self {
        case .open: nil
        case .read: .read
        case .write: .write
        case .admin: .admin
        }
    }
}
