import EventService
import TextUI

/// The line at the top: what is asked, where this answers, and how things are.
struct HeaderView {
    let service: ServiceSnapshot?
    let isReadOnly: Bool
    /// How long what is shown has been standing still, `nil` unless it does.
    var frozenFor: Duration?

    func draw(on grid: inout Grid, in line: Rect, context: ViewContext) {
        grid.fill(line, style: Style(.header))
        let right = status(columns: line.columns, context.glyphs)
        let room = line.columns - right.width - 2
        if let left = candidates.first(where: { $0.width <= room }) {
            grid.write(left, at: line.origin, clippedTo: line)
        }
        grid.write(right, at: line.origin.moved(columns: max(0, line.columns - right.width)), clippedTo: line)
    }

    /// What is kept for later and how things are.
    ///
    /// Where there is little room, fewer words say how things are, then the name gives way, and what is kept loses words last.
    private func status(columns: Int, _ glyphs: Glyphs) -> StyledText {
        guard let frozen else { return status(columns: columns, health(glyphs: glyphs).wordings) }
        return frozen + status(columns: columns - frozen.width, health(glyphs: glyphs).wordings)
    }

    private var frozen: StyledText? {
        frozenFor.map { StyledText("FROZEN " + DisplayText(DurationText.age($0)) + "   ", Style(.warning, .bold)) }
    }

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
}
