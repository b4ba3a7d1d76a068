/// A part of the screen that can have the focus.
public enum Pane: Int, CaseIterable, Equatable, Sendable {
    case users
    case events
    case breakers
    case timeline

    var next: Pane { Pane(rawValue: rawValue + 1) ?? .users }
    var previous: Pane { Pane(rawValue: rawValue - 1) ?? .timeline }
}

/// What lies over the panes and takes the keys.
public enum Popup: Equatable, Sendable {
    /// The add-event form.
    case form
    /// The list of keys, scrolled by this many lines.
    case help(scroll: Int)
    /// The simulator's scenarios, with the one that the cursor is on.
    case scenarios(selected: Int)
    /// The question whether to quit while an event is being sent.
    case quitQuestion(isYesSelected: Bool)
}
