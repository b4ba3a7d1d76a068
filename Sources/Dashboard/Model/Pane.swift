/// A part of the screen that can have the focus.
public enum Pane: Int, CaseIterable, Equatable, Sendable {
    case users
    case events
    case breakers
    case timeline
    /// Shown in place of the others, and not among those that follow one another.
    case outbox
    /// Likewise.
    case log

    /// The panes that follow one another.
    static let ring: [Pane] = [.users, .events, .breakers, .timeline]

    /// Whether it is shown in place of all others.
    var standsAlone: Bool { self == .outbox || self == .log }

    var next: Pane { Self.ring[(rawValue + 1) % Self.ring.count] }
    var previous: Pane { Self.ring[(rawValue + Self.ring.count - 1) % Self.ring.count] }
}

/// What lies over the panes and takes the keys.
public enum Popup: Equatable, Sendable {
    /// The add-event form.
    case form
    /// The list of keys, scrolled by this many lines.
    case help(scroll: Int)
    /// The simulator's scenarios, with the one that the cursor is on.
    case scenarios(selected: Int)
    /// The themes, with the one that the cursor is on, which is tried meanwhile.
    case themes(selected: Int)
    /// The list of commands.
    case commands(CommandSearch)
    /// The question where to write what is shown.
    case export(ExportPrompt)
    /// A question, with the answer that is marked.
    case question(Question, isYesSelected: Bool)
}
