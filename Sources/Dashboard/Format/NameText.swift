import TextUI

/// Names as the dashboard writes them: `(no name)` where one would look like none.
enum NameText {
    /// Whether nothing of a name could be seen.
    static func isBlank(_ name: String) -> Bool {
        DisplayText(name).string.trimmingSpaces.isEmpty
    }

    static func plain(_ name: String) -> String {
        isBlank(name) ? "(no name)" : name
    }

    /// A name for a row; dim where it is none.
    static func styled(_ name: String, _ style: Style = .normal) -> StyledText {
        StyledText(DisplayText(plain(name)), isBlank(name) ? Style(.dim) : style)
    }
}
