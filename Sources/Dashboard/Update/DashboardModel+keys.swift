import EventService
import Foundation
import TextUI

extension DashboardModel {
    mutating func handle(_ event: TerminalEvent, now: Date) -> [Effect] {
        switch event {
        case .key(let key):
            alarms.see()
            // What was said is read, or no longer true soon; what went wrong is to be read.
            if notice?.kind != .problem, scopes.contains(.global) { notice = nil }
            return handle(key, now: now)
        case .paste(let text): return paste(text, now: now)
        case .mouse(let event): return handle(event, now: now)
        case .resize(let size):
            self.size = size
            return []
        case .focusGained, .focusLost: return []
        case .suspendRequested: return perform(.stop, now: now)
        case .interrupt, .terminate: return finish()
        }
    }

    /// The scopes in which keys are looked up, the narrowest first.
    var scopes: [KeyScope] {
        // Where nothing can be seen, nothing but leaving is possible.
        if layout.arrangement == .tooSmall { return [.tooSmall] }
        switch popup {
        case .form: return [.form]
        case .help: return [.help]
        case .scenarios, .themes: return [.menu]
        case .commands: return [.commands]
        case .export: return [.export]
        case .question: return [.question]
        case nil: return paneScopes
        }
    }

    /// The scopes of the pane that has the focus.
    var paneScopes: [KeyScope] {
        switch focus {
        case .users: users.table.isEditingFilter ? [.filter] : [.table, .global]
        case .events where events.read != nil: [.global]
        case .events: events.table.isEditingFilter ? [.filter] : [.table, .global]
        case .breakers, .timeline: [.global]
        case .outbox: [.outbox, .global]
        case .log: log.table.isEditingFilter ? [.filter] : [.log, .global]
        }
    }

    private mutating func handle(_ key: Key, now: Date) -> [Effect] {
        let scopes = scopes
        if let action = DashboardKeymap.keymap.action(for: key, in: scopes) { return perform(action, now: now) }
        if scopes == [.form] { form.edit(key, users: users.content.value ?? []) }
        if scopes == [.commands] { searchCommands { _ = $0.handle(key) } }
        if scopes == [.export] { editExport { _ = $0.handle(key) } }
        return scopes == [.filter] ? changeFilter(.key(key), now: now) : []
    }

    private mutating func paste(_ text: String, now: Date) -> [Effect] {
        let scopes = scopes
        if scopes == [.form] { form.paste(text, users: users.content.value ?? []) }
        if scopes == [.commands] { searchCommands { $0.insert(text) } }
        if scopes == [.export] { editExport { $0.insert(text) } }
        return scopes == [.filter] ? changeFilter(.paste(text), now: now) : []
    }

    mutating func perform(_ action: Action, now: Date) -> [Effect] {
        switch action {
        case .addEvent: openForm(now: now)
        case .filter: return beginFilter(now: now)
        case .sort: sort(isReversing: false)
        case .reverseSort: sort(isReversing: true)
        case .open: return open(now: now)
        case .nextPane, .previousPane:
            if focus == .outbox { return closeOutbox() }
            if focus == .log { return toggleLog() }
            focus = action == .nextPane ? focus.next : focus.previous
        case .toggleOutbox: return toggleOutbox(now: now)
        case .toggleLog: return toggleLog()
        case .logLevel: log.raiseMinimum()
        case .left: return moveSideways(by: -1)
        case .right: return moveSideways(by: 1)
        case .zoom: zoom()
        case .close: return goBack(now: now)
        case .refresh: return loadUsers(.reload) + loadEvents(.reload) + refreshOutbox()
        case .probe: return probe(now: now)
        case .scenarios: openScenarios(now: now)
        case .zoomIn: timeline.zoom(by: -1, now: shownServiceTime(now))
        case .zoomOut: timeline.zoom(by: 1, now: shownServiceTime(now))
        case .timeline(let action): return perform(action, now: now)
        case .freeze: return toggleFreeze(now: now)
        case .export: openExport(now: now)
        case .themes: openThemes(now: now)
        case .toggleMouse: return toggleMouse(now: now)
        case .toggleBell: return toggleBell(now: now)
        case .toggleBraille: hasBraille.toggle()
        case .commands: openCommands()
        case .help: popup = .help(scroll: 0)
        case .quit: return askToQuit(now: now)
        case .quitAtOnce: return finish()
        case .stop: return stop(now: now)
        case .move(let movement): return move(movement, now: now)
        case .breaker(let change): return ask(change, now: now)
        case .outbox(let action): return perform(action, now: now)
        case .form(let action): return perform(action, now: now)
        case .filterLine(.keep): return changeFilter(.keep, now: now)
        case .filterLine(.clear): return changeFilter(.clear, now: now)
        case .popup(let action): return perform(action, now: now)
        }
        return []
    }

    // MARK: - Leaving

    private mutating func askToQuit(now: Date) -> [Effect] {
        // Where a question can't be seen, nobody could answer it.
        guard layout.arrangement != .tooSmall else { return finish() }
        guard form.sending != nil else { return quitUnlessLosing(now: now) }
        popup = .question(.quitWhileSending, isYesSelected: false)
        return []
    }

    /// Quits, or asks first if that loses events.
    mutating func quitUnlessLosing(now: Date) -> [Effect] {
        guard settings.isEphemeral, let status = latestService?.outbox?.status else { return finish() }
        let lost = status.undelivered + status.refused
        guard lost > 0 else { return finish() }
        popup = .question(.quitLosing(lost), isYesSelected: false)
        return []
    }

    private mutating func stop(now: Date) -> [Effect] {
        if settings.attachedTo != nil { return [.suspend] }
        tell("Ctrl-Z is off: it would stop the HTTP API too. q quits.", now: now)
        return []
    }

    private mutating func toggleMouse(now: Date) -> [Effect] {
        isMouseOn.toggle()
        tell(isMouseOn ? "Mouse on: it selects and scrolls." : "Mouse off: the terminal selects text.", now: now)
        return [.setMouse(isMouseOn)]
    }
}
