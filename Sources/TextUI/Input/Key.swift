/// A key as the user means it.
public enum Key: Hashable, Sendable {
    /// A printable character, the space included.
    case character(Character)
    /// A character with Control, in lower case: Ctrl-A is `control("a")`.
    case control(Character)
    /// A character with Alt (or after Escape within the escape delay).
    case alt(Character)
    /// Enter; terminals send Ctrl-M for it.
    case enter
    /// Escape.
    case escape
    /// Tab; terminals send Ctrl-I for it.
    case tab
    /// Shift-Tab.
    case backTab
    /// Backspace; terminals send Ctrl-H or DEL for it.
    case backspace
    /// Delete.
    case delete
    /// Insert.
    case insert
    /// Arrow up.
    case up
    /// Arrow down.
    case down
    /// Arrow left.
    case left
    /// Arrow right.
    case right
    /// Home.
    case home
    /// End.
    case end
    /// Page up.
    case pageUp
    /// Page down.
    case pageDown
    /// A function key, from 1.
    case function(Int)

    /// The key's name for hints and help.
    public func label(_ glyphs: Glyphs = .unicode) -> DisplayText {
        switch self {
        case .character(" "): "Space"
        case .character(let character): DisplayText(String(character), maximumClusters: 4)
        case .control(let character): "Ctrl-\(character.uppercased())"
        case .alt(let character): "Alt-\(String(character))"
        case .enter: "Enter"
        case .escape: "Esc"
        case .tab: "Tab"
        case .backTab: "Shift-Tab"
        case .backspace: "Backspace"
        case .delete: "Del"
        case .insert: "Ins"
        case .up: glyphs.arrows[0]
        case .down: glyphs.arrows[1]
        case .left: glyphs.arrows[2]
        case .right: glyphs.arrows[3]
        case .home: "Home"
        case .end: "End"
        case .pageUp: "PgUp"
        case .pageDown: "PgDn"
        case .function(let number): "F\(number)"
        }
    }
}
