import EventService
import TextUI

extension DashboardModel {
    func footer(_ layout: Layout) -> FooterView {
        FooterView(
            notice: notice,
            scopes: scopes,
            hidden: hiddenActions,
            wordings: wordings,
            isSingle: layout.arrangement == .single
        )
    }

    /// What actions come to where that isn't what they are called.
    private var wordings: [Action: DisplayText] {
        var wordings: [Action: DisplayText] = [
            .form(.send): formView.sendHint, .form(.keepDraft): formView.closeHint,
        ]
        if isZoomed, focus == .breakers || focus == .timeline { wordings[.open] = "all panes" }
        return wordings
    }

    /// What the footer does not offer, because it would be refused or do nothing.
    private var hiddenActions: Set<Action> {
        var hidden =
            switch focus {
            case .outbox: hiddenInOutbox
            // Esc leads back, and there is no other pane to go to.
            case .log: Set<Action>([.nextPane, .open, .addEvent, .toggleOutbox])
            case .users, .events, .breakers, .timeline: hiddenInPanes
            }
        // It is a way to the users there.
        if [.breakers, .timeline, .outbox].contains(focus) { hidden.insert(.filter) }
        if frozen == nil { hidden.insert(.freeze) }
        if settings.isReadOnly { hidden.formUnion([.addEvent, .probe, .scenarios]) }
        if settings.scenarios?.isEmpty ?? true { hidden.insert(.scenarios) }
        if service?.breaker(of: probedRoute)?.state != .open { hidden.insert(.probe) }
        if form.sending != nil { hidden.formUnion([.form(.send), .form(.sendOrKeep), .form(.nextField)]) }
        if case .export(let prompt) = popup, prompt.writing != nil { hidden.insert(.popup(.choose)) }
        if latestService?.outbox == nil { hidden.insert(.form(.sendOrKeep)) }
        return hidden
    }

    private var hiddenInPanes: Set<Action> {
        let isOutboxEmpty = service?.outbox.map { OutboxWords.header($0).isEmpty } ?? true
        var hidden: Set<Action> = isOutboxEmpty ? [.toggleOutbox] : []
        let isReading = focus == .events && events.read != nil
        hidden.formUnion(isReading ? [.open, .filter] : [.close])
        if focus == .events, events.table.selected == nil { hidden.insert(.open) }
        return hidden
    }

    private var hiddenInOutbox: Set<Action> {
        // Esc leads back, and there is no other pane to go to.
        var hidden: Set<Action> = [.toggleOutbox, .nextPane]
        if outbox.isReading || outbox.selected == nil { hidden.insert(.open) }
        if settings.isReadOnly || outbox.selected == nil { hidden.formUnion([.outbox(.retry), .outbox(.discard)]) }
        return hidden
    }
}
