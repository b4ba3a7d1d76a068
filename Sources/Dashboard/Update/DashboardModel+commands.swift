import EventService
import Foundation
import TextUI

extension DashboardModel {
    /// What is found of the commands, with what stands against those that would do nothing now.
    ///
    /// Which are found doesn't depend on the service, so that none moves under the cursor.
    func commands(for search: CommandSearch) -> [Command] {
        let offered = DashboardKeymap.keymap.bindings.filter(isOffered)
        return search.found(in: offered).map { Command(binding: $0, reasonAgainst: reasonAgainst($0)) }
    }

    mutating func openCommands() {
        popup = .commands(CommandSearch())
        changeSearch { _ in }
    }

    /// Changes what is looked for; the cursor goes to the first that is found.
    mutating func searchCommands(_ change: (inout LineEditor) -> Void) {
        changeSearch { search in
            let before = search.words.characters
            change(&search.words)
            if search.words.characters != before { search.scroll = ScrollState() }
        }
    }

    mutating func moveInCommands(_ movement: Action.Movement) {
        let ids = commandIndices
        changeSearch { $0.scroll.move(movement, in: ids) }
    }

    mutating func scrollCommands(by rows: Int) {
        let ids = commandIndices
        changeSearch { $0.scroll.scroll(by: rows, in: ids) }
    }

    /// Tells the list of commands what it consists of and how much of it can be seen.
    mutating func changeSearch(_ change: (inout CommandSearch) -> Void) {
        guard case .commands(var search) = popup else { return }
        change(&search)
        let rows = CommandsView.rowsArea(in: layout.body).rows
        search.scroll.refresh(commands(for: search).indices)
        if search.scroll.visibleRows != max(1, rows) { search.scroll.resize(visibleRows: rows) }
        popup = .commands(search)
    }

    private var commandIndices: Range<Int> {
        guard case .commands(let search) = popup else { return 0..<0 }
        return commands(for: search).indices
    }

    /// Does what the cursor is on, or tells why that would do nothing.
    mutating func runCommand(now: Date) -> [Effect] {
        guard case .commands(let search) = popup else { return [] }
        let found = commands(for: search)
        guard found.indices.contains(search.scroll.selectedIndex) else { return [] }
        let command = found[search.scroll.selectedIndex]
        guard command.reasonAgainst == nil else { return [] }
        popup = nil
        return perform(command.binding.action, now: now)
    }

    /// A press selects; a press on what is selected runs it.
    mutating func pressInCommands(at point: Point, _ search: CommandSearch, now: Date) -> [Effect] {
        guard let index = commandsView(search).command(at: point, in: layout.body) else { return [] }
        if index == search.scroll.selectedIndex { return runCommand(now: now) }
        let ids = commandIndices
        changeSearch { $0.scroll.select(index: index, in: ids) }
        return []
    }

    /// Whether a binding is a command of its own, and not part of something that has the keys while it is open.
    private func isOffered(_ binding: Keymap<Action>.Binding) -> Bool {
        guard !binding.scopes.isDisjoint(with: [.global, .table, .outbox, .log]) else { return false }
        if settings.isReadOnly, binding.action.isChange { return false }
        return ![.commands, .stop].contains(binding.action)
    }

    private func reasonAgainst(_ binding: Keymap<Action>.Binding) -> String? {
        guard !binding.scopes.isDisjoint(with: paneScopes) else {
            if binding.scopes.contains(.table) { return "in users and events" }
            return binding.scopes.contains(.log) ? "in the log" : "in the outbox"
        }
        switch binding.action {
        case .probe: return reasonAgainstProbe
        case .breaker(let change): return reasonAgainst(change)
        case .export where exportSource == nil: return "no rows here"
        case .toggleBraille where settings.isASCII: return "ASCII only"
        case .themes where settings.themes.isEmpty: return "no themes"
        case .scenarios where settings.scenarios?.isEmpty ?? true: return "no simulator"
        case .toggleOutbox where latestService?.outbox == nil: return "no outbox"
        case .outbox where outbox.selected == nil: return "nothing is selected"
        case .outbox where outbox.selected?.state == .delivering: return "is being delivered"
        default: return nil
        }
    }

    private var reasonAgainstProbe: String? {
        guard let breaker = probedBreaker else { return "not known yet" }
        return breaker.state == .open ? nil : "\(breaker.route.rawValue) isn't open"
    }

    private func reasonAgainst(_ change: BreakerChange) -> String? {
        guard let breaker = probedBreaker else { return "not known yet" }
        return change.reasonAgainst(breaker).map { "\(breaker.route.rawValue) \($0)" }
    }
}

extension Action {
    /// Whether it changes something outside the dashboard.
    var isChange: Bool {
        switch self {
        case .addEvent, .probe, .scenarios, .outbox, .breaker: true
        default: false
        }
    }
}
