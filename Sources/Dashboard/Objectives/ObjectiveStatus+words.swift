import EventService
import TextUI

extension ObjectiveStatus {
    /// How a promise is kept, the worst last.
    enum Standing: Int, Comparable {
        case noTraffic
        case onTrack
        case budgetSpent
        case slowBurn
        case fastBurn

        static func < (first: Standing, second: Standing) -> Bool { first.rawValue < second.rawValue }

        var words: DisplayText {
            switch self {
            case .noTraffic: "no requests"
            case .onTrack: "on track"
            case .budgetSpent: "over budget"
            case .slowBurn: "slow burn"
            case .fastBurn: "fast burn"
            }
        }

        func symbol(_ glyphs: Glyphs) -> DisplayText {
            switch self {
            case .noTraffic: glyphs.noData
            case .onTrack: glyphs.success
            case .budgetSpent: glyphs.forcedOpen
            case .slowBurn: glyphs.halfOpen
            case .fastBurn: glyphs.open
            }
        }

        var role: Role {
            switch self {
            case .noTraffic: .dim
            case .onTrack: .good
            case .slowBurn: .warning
            case .budgetSpent, .fastBurn: .bad
            }
        }
    }

    var standing: Standing {
        switch alert {
        case .fastBurn: .fastBurn
        case .slowBurn: .slowBurn
        case .none: isBudgetSpent ? .budgetSpent : hasNoTraffic ? .noTraffic : .onTrack
        }
    }

    /// Whether nothing is left of the budget, but for what rounding makes of nothing.
    var isBudgetSpent: Bool { budgetLeft < 1e-6 }

    /// What is promised, `99.5 %` of the answers or `99 % in 800 ms`.
    var promise: String {
        let share = Self.percentage(target)
        return switch kind {
        case .availability: share
        case .latency: "\(share) \(kindText)"
        }
    }

    /// What is promised, without the share of the answers: `good`, or `in 800 ms`.
    var kindText: String {
        switch kind {
        case .availability: "good"
        case .latency(let limit): "in \(DurationText.length(min(limit, .seconds(86_400))))"
        }
    }

    /// What is left of the budget: whole percents, rounded down so that all of it is all of it, or that it is spent.
    var budgetText: String {
        // A hair's breadth more, because a share such as 0.83 lies below itself in binary.
        isBudgetSpent ? "spent" : "\(Int((budgetLeft * 100 + 1e-6).rounded(.down))) %"
    }

    /// How fast the budget burns, `0.4×`, `200×`, or `>999×` beyond what matters; a dash where there was no answer.
    func burnText(_ window: BurnWindow) -> String {
        guard counts(window).answers > 0 else { return "-" }
        let tenths = Int((burnRate(window) * 10).rounded())
        guard tenths < 9995 else { return ">999×" }
        return tenths < 100 ? "\(tenths / 10).\(tenths % 10)×" : "\((tenths + 5) / 10)×"
    }

    /// A share of at most three decimals of a percent, without those that are zero: `99.5 %`.
    private static func percentage(_ share: Double) -> String {
        let thousandths = Int((share * 100_000).rounded())
        let decimals = String(String(1000 + thousandths % 1000).dropFirst())
        let kept = decimals.reversed().drop { $0 == "0" }.reversed()
        return "\(thousandths / 1000)" + (kept.isEmpty ? "" : "." + String(kept)) + " %"
    }
}

extension [ObjectiveStatus] {
    /// The one that is kept worst, the first of those that are alike.
    var worst: ObjectiveStatus? {
        self.min { ($1.standing, $0.budgetLeft) < ($0.standing, $1.budgetLeft) }
    }

    /// The worst of each route, in the order of the routes.
    var worstByRoute: [ObjectiveStatus] {
        UpstreamRoute.allCases.compactMap { route in filter { $0.route == route }.worst }
    }
}

extension BurnAlert {
    /// The alert in words, for a line of text.
    var words: String {
        switch self {
        case .none: "no alert any more"
        case .slowBurn: "slow burn"
        case .fastBurn: "fast burn"
        }
    }
}
