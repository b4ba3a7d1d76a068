import EventService
import TextUI

/// The line at the top: what is asked, where this answers, and how things are.
struct HeaderView {
    let service: ServiceSnapshot?
    let isReadOnly: Bool
    /// The address of a service elsewhere.
    var attachedTo: String?
    /// How the connection to it is.
    var connection: ConnectionStatus.State?
    /// How long what is shown has been standing still, `nil` unless it does.
    var frozenFor: Duration?

    func draw(on grid: inout Grid, in line: Rect, context: ViewContext) {
        grid.fill(line, style: Style(.header))
        let right = status(columns: line.columns, context)
        let room = line.columns - right.width - 2
        if let left = candidates.first(where: { $0.width <= room }) {
            grid.write(left, at: line.origin, clippedTo: line)
        }
        grid.write(right, at: line.origin.moved(columns: max(0, line.columns - right.width)), clippedTo: line)
    }

    /// Whether this stands still, and how things are as far as that is known.
    private func status(columns: Int, _ context: ViewContext) -> StyledText {
        let room = columns - frozen.width
        let lost = lostConnection(columns: room, context)
        return frozen + (lost ?? status(columns: room, health(glyphs: context.glyphs).wordings))
    }

    private var frozen: StyledText {
        guard let frozenFor else { return StyledText() }
        return StyledText("FROZEN " + DisplayText(DurationText.age(frozenFor)) + "   ", Style(.warning, .bold))
    }

    /// What is kept for later and how things are.
    ///
    /// Where there is little room, fewer words say how things are, then the name gives way, and what is kept loses words last.
    private func status(columns: Int, _ states: [StyledText]) -> StyledText {
        for kept in (service?.outbox).map(OutboxWords.header) ?? [] {
            let outbox = StyledText(kept.text + "   ", Style(kept.role, .bold))
            for room in [columns - Self.name.width - 1, columns] {
                if let state = states.first(where: { outbox.width + $0.width <= room }) { return outbox + state }
            }
        }
        guard frozenFor != nil else { return states[0] }
        return states.first { $0.width <= columns - Self.name.width - 1 } ?? states[states.count - 1]
    }

    static let name = StyledText(" evenkeel", Style(.header, .bold))

    /// From everything to nothing but the name.
    private var candidates: [StyledText] {
        let name = Self.name
        let mark = isReadOnly ? StyledText("  read-only", Style(.header)) : StyledText()
        if let attachedTo { return candidates(name, mark, attachedTo) }
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

    /// The same where the service is elsewhere: which one it is matters more than what that asks.
    private func candidates(_ name: StyledText, _ mark: StyledText, _ url: String) -> [StyledText] {
        let place = labelled("   attached to ", DisplayText(url))
        let short = shortAddress(url)
        var upstream: [StyledText] = []
        if let service {
            upstream = [true, false].map { labelled("   upstream ", DisplayText(address(service, isWhole: $0))) }
        }
        return upstream.map { name + mark + place + $0 } + [
            name + mark + place, name + mark + short, name + mark, name,
        ]
    }

    /// The end of an address that differs from one instance to the other on a machine.
    private static func port(_ url: String) -> String {
        url.lastIndex(of: ":").map { String(url[$0...]) } ?? url
    }

    /// An address beside the name.
    func shortAddress(_ url: String) -> StyledText {
        url.isEmpty ? StyledText() : labelled("   ", DisplayText(url))
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
}
