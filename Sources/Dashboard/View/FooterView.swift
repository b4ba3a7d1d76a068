import TextUI

/// The line at the bottom: what has just happened, else the keys.
struct FooterView {
    let notice: Notice?
    let scopes: [KeyScope]
    /// Actions that are of no use now.
    let hidden: Set<Action>
    /// Whether only one pane is shown at a time, so that the way to the next matters most.
    let isSingle: Bool

    func draw(on grid: inout Grid, in line: Rect, context: ViewContext) {
        grid.fill(line, style: Style(.hint))
        if let notice {
            let text = text(of: notice, columns: line.columns, ellipsis: context.glyphs.ellipsis)
            grid.write(text, at: line.origin, style: Style(notice.kind.role, .bold), clippedTo: line)
            return
        }
        let offered = Keymap(DashboardKeymap.keymap.bindings.filter { !hidden.contains($0.action) })
        let last: Set<Action> =
            if scopes.contains(.outbox) {
                [.outbox(.retry), .outbox(.discard), .help, .quit]
            } else {
                isSingle ? [.nextPane, .help, .quit] : [.help, .quit]
            }
        HintsLine(offered, in: scopes, last: last, glyphs: context.glyphs).draw(on: &grid, in: line)
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
