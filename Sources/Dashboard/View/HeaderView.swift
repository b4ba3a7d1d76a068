import EventService
import TextUI

/// The line at the top: what is asked, where this answers, and how things are.
struct HeaderView {
    let service: ServiceSnapshot?
    let isReadOnly: Bool

    /// How things are, in words and a symbol.
    struct Health: Equatable {
        var text: String
        var symbol: DisplayText
        var role: Role
    }

    func draw(on grid: inout Grid, in line: Rect, context: ViewContext) {
        grid.fill(line, style: Style(.header))
        let health = health(glyphs: context.glyphs)
        let state = StyledText([
            .init(health.symbol + " ", Style(health.role, .bold)),
            .init(DisplayText(health.text) + " ", Style(health.role, .bold)),
        ])
        let right = outbox(room: line.columns - state.width - 1) + state
        let room = line.columns - right.width - 2
        if let left = candidates.first(where: { $0.width <= room }) {
            grid.write(left, at: line.origin, clippedTo: line)
        }
        grid.write(right, at: line.origin.moved(columns: max(0, line.columns - right.width)), clippedTo: line)
    }

    /// What is kept for later, in the most words that leave room for the name, else in the fewest.
    private func outbox(room: Int) -> StyledText {
        let wordings = (service?.outbox).map(OutboxWords.header) ?? []
        let texts = wordings.map { StyledText($0.text + "   ", Style($0.role, .bold)) }
        let withName = texts.first { $0.width + Self.name.width + 1 <= room }
        return withName ?? texts.last { $0.width <= room } ?? StyledText()
    }

    private static let name = StyledText(" evenkeel", Style(.header, .bold))

    /// From everything to nothing but the name.
    private var candidates: [StyledText] {
        let name = Self.name
        let mark = isReadOnly ? StyledText("  read-only", Style(.header)) : StyledText()
        guard let service else { return [name + mark, name] }
        let long = labelled("   upstream ", DisplayText(address(service, isWhole: true)))
        let short = labelled("   ", DisplayText(address(service, isWhole: false)))
        let api = service.apiURL.map { labelled("   API ", DisplayText($0)) } ?? StyledText()
        let port = service.apiURL.map { labelled("   API ", DisplayText(Self.port($0))) } ?? StyledText()
        return [
            name + mark + long + api, name + mark + short + api, name + mark + short + port, name + mark + short,
            name + mark, name,
        ]
    }

    /// The end of an address that differs from one instance to the other on a machine.
    private static func port(_ url: String) -> String {
        url.lastIndex(of: ":").map { String(url[$0...]) } ?? url
    }

    private func labelled(_ label: DisplayText, _ text: DisplayText) -> StyledText {
        StyledText([.init(label, Style(.header, .dim)), .init(text, Style(.header))])
    }

    private func address(_ service: ServiceSnapshot, isWhole: Bool) -> String {
        guard let scenario = service.upstream.scenario else { return service.upstream.url }
        let name = "simulator (\(scenario))"
        guard isWhole else { return name }
        let url = service.upstream.url
        return name + " " + (url.hasPrefix("http://") ? String(url.dropFirst(7)) : url)
    }

    func health(glyphs: Glyphs) -> Health {
        guard let service else { return Health(text: "starting", symbol: glyphs.disabled, role: .header) }
        switch service.phase {
        case .starting: return Health(text: "starting", symbol: glyphs.disabled, role: .header)
        case .draining: return Health(text: "stopping", symbol: glyphs.disabled, role: .warning)
        case .serving: break
        }
        let open = service.breakers.count { $0.state == .open || $0.state == .forcedOpen }
        let halfOpen = service.breakers.count { $0.state == .halfOpen }
        switch (open, halfOpen) {
        case (0, 0): return Health(text: "all breakers closed", symbol: glyphs.closed, role: .good)
        case (0, _): return Health(text: "\(breakers(halfOpen)) half-open", symbol: glyphs.halfOpen, role: .warning)
        case (_, 0): return Health(text: "\(breakers(open)) open", symbol: glyphs.open, role: .bad)
        case (_, _):
            return Health(text: "\(breakers(open)) open, \(halfOpen) half-open", symbol: glyphs.open, role: .bad)
        }
    }

    private func breakers(_ count: Int) -> String {
        count == 1 ? "1 breaker" : "\(count) breakers"
    }
}
