/// A time that ends now, over which answers are judged.
public enum BurnWindow: Int, Sendable, Hashable, CaseIterable {
    case fiveMinutes
    case halfHour
    case hour
    case sixHours
    /// The time of the error budget.
    case day

    /// The window in which a route without an answer has no traffic.
    public static let traffic = BurnWindow.hour

    /// How long it is.
    public var length: Duration {
        switch self {
        case .fiveMinutes: .seconds(300)
        case .halfHour: .seconds(1800)
        case .hour: .seconds(3600)
        case .sixHours: .seconds(6 * 3600)
        case .day: .seconds(24 * 3600)
        }
    }
}
