import EventService
import TextUI

extension HeaderView {
    /// How things are, in words and a symbol.
    struct Health: Equatable {
        var text: String
        /// The same in fewer words, longest first.
        var shorter: [String] = []
        var symbol: DisplayText
        var role: Role

        /// What can be said of it, longest first.
        var wordings: [StyledText] {
            ([text] + shorter).map { StyledText(symbol + " " + DisplayText($0) + " ", Style(role, .bold)) }
        }
    }

    func health(glyphs: Glyphs) -> Health {
        if case .lost = connection { return Health(text: "not connected", symbol: glyphs.failure, role: .bad) }
        let unknown = connection == nil ? "starting" : "connecting"
        guard let service else { return Health(text: unknown, symbol: glyphs.disabled, role: .header) }
        switch service.phase {
        case .starting: return Health(text: "starting", symbol: glyphs.disabled, role: .header)
        case .draining: return Health(text: "stopping", symbol: glyphs.disabled, role: .warning)
        case .serving: return health(of: service.breakers, glyphs)
        }
    }

    /// What is not as it should be, the worst first; where there is little room, the least of it is left out first.
    private func health(of breakers: [BreakerStatus], _ glyphs: Glyphs) -> Health {
        let exceptions = exceptions(among: breakers, glyphs)
        guard let worst = exceptions.first else {
            return Health(text: "all breakers closed", shorter: ["all closed"], symbol: glyphs.closed, role: .good)
        }
        let short = exceptions.map { "\($0.count) \($0.word)" }
        let counted = worst.count == 1 ? "1 breaker" : "\(worst.count) breakers"
        return Health(
            text: (["\(counted) \(worst.word)"] + short.dropFirst()).joined(separator: ", "),
            shorter: (1...short.count).reversed().map { short.prefix($0).joined(separator: ", ") },
            symbol: worst.symbol,
            role: worst.role
        )
    }

    /// The breakers that are not closed, counted.
    private func exceptions(
        among breakers: [BreakerStatus],
        _ glyphs: Glyphs
    ) -> [(count: Int, word: String, symbol: DisplayText, role: Role)] {
        func count(_ states: Set<BreakerStatus.State>) -> Int { breakers.count { states.contains($0.state) } }
        return [
            (count([.open, .forcedOpen]), "open", glyphs.open, .bad),
            (count([.halfOpen]), "half-open", glyphs.halfOpen, .warning),
            // Its calls pass however many fail: nobody is protected.
            (count([.disabled]), "disabled", glyphs.disabled, .warning),
        ].filter { $0.0 > 0 }
    }
}
