import TextUI

/// The line at the bottom: what has just happened, else the keys.
struct FooterView {
    let notice: Notice?
    let scopes: [KeyScope]
    /// Actions that are of no use now.
    let hidden: Set<Action>
    /// What some actions are called now.
    let wordings: [Action: DisplayText]
    /// Whether only one pane is shown at a time, so that the way to the next matters most.
    let isSingle: Bool

    func draw(on grid: inout Grid, in line: Rect, context: ViewContext) {
        grid.fill(line, style: Style(.hint))
        // A question is of no use to somebody who isn't told how to answer it.
        if let notice, !scopes.contains(.question) {
            let text = text(of: notice, columns: line.columns, ellipsis: context.glyphs.ellipsis)
            grid.write(text, at: line.origin, style: Style(notice.kind.role, .bold), clippedTo: line)
            return
        }
        let last = Self.last.union(isSingle ? [.nextPane] : [])
        HintsLine(offered, in: scopes, last: last, glyphs: context.glyphs).draw(on: &grid, in: line)
    }

    /// What stays where others are dropped.
    private static let last: Set<Action> = [.outbox(.retry), .outbox(.discard), .close, .freeze, .help, .quit]

    /// The keys that are of use, those of the pane of the outbox before those that work anywhere.
    private var offered: Keymap<Action> {
        let bindings = DashboardKeymap.keymap.bindings.filter { !hidden.contains($0.action) }
            .map { binding in
                var binding = binding
                binding.hint = wordings[binding.action] ?? binding.hint
                return binding
            }
        let own = bindings.filter { $0.scopes.contains(.outbox) }
        return Keymap(own + bindings.filter { !$0.scopes.contains(.outbox) })
    }

    /// A notice with as much of its subject as leaves room for the rest, and no less than tells it from others.
    private func text(of notice: Notice, columns: Int, ellipsis: DisplayText) -> DisplayText {
        let message = " " + DisplayText(notice.message)
        guard let subject = notice.subject else { return message.truncated(to: columns, ellipsis: ellipsis) }
        let room = max(Self.subjectWidth, columns - message.width - 3)
        let name = DisplayText(subject).truncated(to: room, ellipsis: ellipsis)
        return (" “" + name + "”" + message).truncated(to: columns, ellipsis: ellipsis)
    }

    private static let subjectWidth = 8
}

extension Notice.Kind {
    var role: Role {
        switch self {
        case .information: .accent
        case .success: .good
        case .problem: .bad
        }
    }
}
