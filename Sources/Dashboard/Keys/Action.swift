/// Everything that a key can do.
public enum Action: Hashable, Sendable {
    case addEvent
    case filter
    case sort
    case reverseSort
    case open
    case nextPane
    case previousPane
    case left
    case right
    case zoom
    case close
    case refresh
    case probe
    case scenarios
    case toggleOutbox
    case toggleLog
    case logLevel
    case zoomIn
    case zoomOut
    /// Something with the time that the timeline shows, or its cursor.
    case timeline(TimelineAction)
    case freeze
    case export
    case themes
    case toggleMouse
    case toggleBell
    case toggleBraille
    case commands
    case help
    case quit
    case quitAtOnce
    case stop
    /// Moves in whatever has rows.
    case move(Movement)
    /// Something with the event that is selected in the outbox.
    case outbox(OutboxAction)
    /// Something with the selected breaker; asked about first where it reaches far.
    case breaker(BreakerChange)
    /// Something in the add-event form.
    case form(FormAction)
    /// Something in the line in which a filter is typed.
    case filterLine(FilterAction)
    /// Something in the help, a menu, the list of commands or a question.
    case popup(PopupAction)

    /// A way through rows.
    public enum Movement: Hashable, Sendable {
        case up
        case down
        case pageUp
        case pageDown
        case top
        case bottom
    }

    /// What keys do with the time that the timeline shows, and with its cursor.
    public enum TimelineAction: Hashable, Sendable {
        case earlier
        case later
        case now
        case previousChange
        case nextChange
    }

    /// What keys do with the event that is selected in the outbox.
    public enum OutboxAction: Hashable, Sendable {
        case retry
        case discard
    }

    /// What keys do in the add-event form, besides editing.
    public enum FormAction: Hashable, Sendable {
        case send
        case sendOrKeep
        case nextField
        case previousField
        case nextChoice
        case previousChoice
        case keepDraft
    }

    /// What keys do in the line in which a filter is typed, besides editing.
    public enum FilterAction: Hashable, Sendable {
        case keep
        case clear
    }

    /// What keys do in the help, a menu, the list of commands and a question.
    public enum PopupAction: Hashable, Sendable {
        case close
        case choose
        case yes
        case no
        case toggleAnswer
        case confirm
    }
}
