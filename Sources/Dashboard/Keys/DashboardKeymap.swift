public import TextUI

extension KeyScope {
    /// Panes with rows that can be filtered and sorted.
    static let table: KeyScope = "table"
    /// The outbox.
    static let outbox: KeyScope = "outbox"
    /// The log.
    static let log: KeyScope = "log"
    /// A terminal in which nothing can be shown but that it is too small.
    static let tooSmall: KeyScope = "too small"
    /// The line in which a filter is typed.
    static let filter: KeyScope = "filter"
    /// The add-event form.
    static let form: KeyScope = "form"
    /// The list of keys.
    static let help: KeyScope = "help"
    /// The scenario menu.
    static let menu: KeyScope = "menu"
    /// The list of commands.
    static let commands: KeyScope = "commands"
    /// The question where to write an export.
    static let export: KeyScope = "export"
    /// A question with yes and no.
    static let question: KeyScope = "question"
}

/// All keys of the dashboard: dispatch, footer, help and the README's table are made of this one list.
public enum DashboardKeymap {
    /// The keys, in the order of the footer and the help.
    public static let keymap = Keymap<Action>(
        everywhere + rows + breaker + outbox + log + form + filter + commands + overlays
    )

    /// The key that leads to whatever has none of its own.
    static let commandsKey = Key.character(":")

    /// The README's table.
    static var markdownTable: String { keymap.markdownTable(withoutKey: commandsKey) }

    private static let everywhere: [Keymap<Action>.Binding] = [
        binding([.character("a")], .addEvent, "Add an event", hint: "add event"),
        binding(
            [.character("/")],
            .filter,
            "Filter users, events or the log",
            hint: "filter",
            scopes: [.table, .log, .global]
        ),
        binding([.character("s")], .sort, "Sort by the next column", hint: "sort", scopes: [.table]),
        binding([.character("S")], .reverseSort, "Reverse the order", scopes: [.table]),
        binding([.enter], .open, "Open: a user's events, an event, or the pane alone", hint: "open"),
        binding([.tab], .nextPane, "Next pane", hint: "pane"),
        binding([.backTab], .previousPane, "Previous pane"),
        binding([.character("z")], .zoom, "Show the pane alone, or all panes again"),
        binding([.escape], .close, "Back: close the event, clear the filter, all panes", hint: "back"),
        binding([.character("r"), .function(5)], .refresh, "Read users, events and the outbox again"),
        binding(
            [.character("p")],
            .probe,
            "Probe now: the next call goes through the breaker",
            hint: "probe now"
        ),
        binding([.character("x")], .scenarios, "Choose the simulator's scenario", hint: "scenario"),
        binding([.character("o")], .toggleOutbox, "The outbox: events kept until they are added", hint: "outbox"),
        binding([.character("L")], .toggleLog, "The log: the last lines of this process"),
        binding([.character("+"), .character("=")], .zoomIn, "Timeline: a shorter time"),
        binding([.character("-")], .zoomOut, "Timeline: a longer time"),
        binding([.character("<"), .character(",")], .timeline(.earlier), "Timeline: the time before"),
        binding([.character(">"), .character(".")], .timeline(.later), "Timeline: the time after"),
        binding([.character("0")], .timeline(.now), "Timeline: the time until now"),
        binding([.character("[")], .timeline(.previousChange), "Timeline: previous change of state, start or stop"),
        binding([.character("]")], .timeline(.nextChange), "Timeline: next change of state, start or stop"),
        binding([.character("f")], .freeze, "Freeze: the screen stands still, or goes on", hint: "go on"),
        binding([.character("e")], .export, "Export the rows that are shown, as CSV or JSON"),
        binding([.character("t")], .themes, "Choose the colours"),
        binding([.character("m")], .toggleMouse, "Mouse on or off (off: the terminal selects text)"),
        binding([], .toggleBell, "Bell on or off: a breaker opens, a budget burns fast"),
        binding([commandsKey], .commands, "All commands, to be found by their words", hint: "commands"),
        binding([.character("?"), .function(1)], .help, "This help", hint: "help"),
        binding([.character("q")], .quit, "Quit", hint: "quit", scopes: [.global, .tooSmall]),
        binding([.control("c")], .quitAtOnce, "Quit at once", scopes: everyScope),
        binding([.control("z")], .stop, "Stop, if attached to another process"),
    ]

    private static let rows: [Keymap<Action>.Binding] = [
        binding([.up, .character("k")], .move(.up), "Row up", group: "Rows", scopes: rowScopes),
        binding([.down, .character("j")], .move(.down), "Row down", group: "Rows", scopes: rowScopes),
        binding(
            [.left, .character("h")],
            .left,
            "Previous breaker or event; from events to users",
            group: "Rows"
        ),
        binding([.right, .character("l")], .right, "Next breaker or event; from users to events", group: "Rows"),
        binding([.pageUp, .control("b")], .move(.pageUp), "Page up", group: "Rows", scopes: rowScopes),
        binding([.pageDown, .control("f")], .move(.pageDown), "Page down", group: "Rows", scopes: rowScopes),
        binding([.character("g"), .home], .move(.top), "First row", group: "Rows", scopes: rowScopes),
        binding([.character("G"), .end], .move(.bottom), "Last row", group: "Rows", scopes: rowScopes),
    ]

    /// What reaches too far for a key of its own.
    private static let breaker: [Keymap<Action>.Binding] = [
        binding([], .breaker(.forceOpen), "Force the selected breaker open: no call passes", group: "Breaker"),
        binding([], .breaker(.disable), "Disable the selected breaker: every call passes", group: "Breaker"),
        binding([], .breaker(.automatic), "Set the selected breaker to automatic again", group: "Breaker"),
        binding([], .breaker(.reset), "Reset: close the selected breaker, forget failures", group: "Breaker"),
        binding([], .toggleBraille, "Draw charts in braille, which is finer, or in blocks", group: "Breaker"),
    ]

    private static let outbox: [Keymap<Action>.Binding] = [
        binding(
            [.character("r")],
            .outbox(.retry),
            "Try the event again, even if it was refused",
            hint: "retry",
            group: "Outbox",
            scopes: [.outbox]
        ),
        binding(
            [.character("d"), .delete],
            .outbox(.discard),
            "Discard the event: it will never be added",
            hint: "discard",
            group: "Outbox",
            scopes: [.outbox]
        ),
    ]

    private static let log: [Keymap<Action>.Binding] = [
        binding(
            [.character("v")],
            .logLevel,
            "Leave out what is less serious, level by level",
            hint: "level",
            group: "Log",
            scopes: [.log]
        )
    ]

    private static let form: [Keymap<Action>.Binding] = [
        binding(
            [.enter],
            .form(.send),
            "Send the event, or send it again",
            hint: "send",
            group: "Add event",
            scopes: [.form]
        ),
        binding(
            [.control("o")],
            .form(.sendOrKeep),
            "Send, or keep in the outbox until it can be added",
            hint: "send or keep",
            group: "Add event",
            scopes: [.form]
        ),
        binding([.tab], .form(.nextField), "Next field", hint: "field", group: "Add event", scopes: [.form]),
        binding([.backTab], .form(.previousField), "Previous field", group: "Add event", scopes: [.form]),
        binding([.down], .form(.nextChoice), "Next user found, or next field", group: "Add event", scopes: [.form]),
        binding(
            [.up],
            .form(.previousChoice),
            "Previous user found, or previous field",
            group: "Add event",
            scopes: [.form]
        ),
        binding(
            [.escape],
            .form(.keepDraft),
            "Close, and keep the draft",
            hint: "keep draft",
            group: "Add event",
            scopes: [.form]
        ),
    ]

    private static let filter: [Keymap<Action>.Binding] = [
        binding(
            [.enter, .tab, .down],
            .filterLine(.keep),
            "Keep the filter",
            hint: "keep",
            group: "Filter",
            scopes: [.filter]
        ),
        binding([.escape], .filterLine(.clear), "Clear the filter", hint: "clear", group: "Filter", scopes: [.filter]),
    ]

    private static let commands: [Keymap<Action>.Binding] = [
        command([.enter], .popup(.choose), "Run the command", hint: "run"),
        command([.escape], .popup(.close), "Close", hint: "close"),
        command([.up, .control("p"), .backTab], .move(.up), "Command up"),
        command([.down, .control("n"), .tab], .move(.down), "Command down"),
        command([.pageUp], .move(.pageUp), "Page up"),
        command([.pageDown], .move(.pageDown), "Page down"),
    ]

    private static let overlays: [Keymap<Action>.Binding] = [
        binding(
            [.escape, .character("q"), .character("?"), .function(1)],
            .popup(.close),
            "Close",
            hint: "close",
            group: "Help and menu",
            scopes: [.help]
        ),
        binding(
            [.enter],
            .popup(.choose),
            "Take what is marked",
            hint: "choose",
            group: "Help and menu",
            scopes: [.menu]
        ),
        binding(
            [.escape, .character("q"), .character("x"), .character("t")],
            .popup(.close),
            "Close",
            hint: "close",
            group: "Help and menu",
            scopes: [.menu]
        ),
        binding([.enter], .popup(.choose), "Write the file", hint: "write", group: "Export", scopes: [.export]),
        binding([.escape], .popup(.close), "Close, write nothing", hint: "close", group: "Export", scopes: [.export]),
        binding([.character("y")], .popup(.yes), "Yes", hint: "yes", group: "Questions", scopes: [.question]),
        binding(
            [.character("n"), .escape, .character("q")],
            .popup(.no),
            "No",
            hint: "no",
            group: "Questions",
            scopes: [.question]
        ),
        binding(
            [.tab, .backTab, .left, .right, .character("h"), .character("l")],
            .popup(.toggleAnswer),
            "The other answer",
            group: "Questions",
            scopes: [.question]
        ),
        binding([.enter], .popup(.confirm), "The marked answer", group: "Questions", scopes: [.question]),
    ]

    private static let everyScope: Set<KeyScope> = [
        .global, .tooSmall, .filter, .form, .help, .menu, .commands, .export, .question,
    ]

    private static let rowScopes: Set<KeyScope> = [.global, .help, .menu]

    private static func command(
        _ keys: [Key],
        _ action: Action,
        _ title: DisplayText,
        hint: DisplayText? = nil
    ) -> Keymap<Action>.Binding {
        binding(keys, action, title, hint: hint, group: "Commands", scopes: [.commands])
    }

    private static func binding(
        _ keys: [Key],
        _ action: Action,
        _ title: DisplayText,
        hint: DisplayText? = nil,
        group: DisplayText = "Anywhere",
        scopes: Set<KeyScope> = [.global]
    ) -> Keymap<Action>.Binding {
        Keymap<Action>.Binding(keys, action, title: title, hint: hint, group: group, scopes: scopes)
    }
}
