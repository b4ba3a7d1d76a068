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

    private func health(of breakers: [BreakerStatus], _ glyphs: Glyphs) -> Health {
        let open = breakers.count { $0.state == .open || $0.state == .forcedOpen }
        let halfOpen = breakers.count { $0.state == .halfOpen }
        let (shortOpen, shortHalfOpen) = ("\(open) open", "\(halfOpen) half-open")
        let (longOpen, longHalfOpen) = ("\(counted(open)) open", "\(counted(halfOpen)) half-open")
        switch (open, halfOpen) {
        case (0, 0):
            return Health(
                text: "all breakers closed",
                shorter: ["all closed"],
                symbol: glyphs.closed,
                role: .good
            )
        case (0, _):
            return Health(text: longHalfOpen, shorter: [shortHalfOpen], symbol: glyphs.halfOpen, role: .warning)
        case (_, 0):
            return Health(text: longOpen, shorter: [shortOpen], symbol: glyphs.open, role: .bad)
        case (_, _):
            let shorter = [shortOpen + ", " + shortHalfOpen, shortOpen]
            return Health(text: longOpen + ", " + shortHalfOpen, shorter: shorter, symbol: glyphs.open, role: .bad)
        }
    }

    private func counted(_ breakers: Int) -> String {
        breakers == 1 ? "1 breaker" : "\(breakers) breakers"
    }
}
