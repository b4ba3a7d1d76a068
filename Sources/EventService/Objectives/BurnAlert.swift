/// Whether somebody has to act, because the error budget burns.
///
/// From Google's "The Site Reliability Workbook", chapter 5, "Multiwindow, Multi-Burn-Rate Alerts": both a long and a short
/// window burn too fast. The long one says that it matters; the short one, that it still goes on. Only rates are
/// taken from there: the workbook's budget is for 30 days.
public enum BurnAlert: Int, Sendable, Hashable, CaseIterable, Comparable {
    /// Nobody has.
    case none
    /// Over six hours and the last half hour more than 6 times as much is bad as may be: look at it soon.
    case slowBurn
    /// Over an hour and the last five minutes more than 14.4 times as much is bad as may be: act now.
    case fastBurn

    /// So many bad answers within the short window it takes.
    ///
    /// The workbook's rates alone would make an incident of the one failure of a quiet night.
    public static let minimumBad: UInt64 = 5

    /// The windows that both have to burn faster than `rate`; `nil` for none.
    public var rule: (long: BurnWindow, short: BurnWindow, rate: Double)? {
        switch self {
        case .none: nil
        case .slowBurn: (.sixHours, .halfHour, 6)
        case .fastBurn: (.hour, .fiveMinutes, 14.4)
        }
    }

    /// The less urgent comes first.
    public static func < (first: BurnAlert, second: BurnAlert) -> Bool { first.rawValue < second.rawValue }
}
