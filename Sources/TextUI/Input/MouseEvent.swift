/// Something done with the mouse.
public struct MouseEvent: Hashable, Sendable {
    /// A mouse button.
    public enum Button: Hashable, Sendable {
        /// The first.
        case left
        /// The second, or the wheel pressed.
        case middle
        /// The third.
        case right
    }

    /// What was done.
    public enum Action: Hashable, Sendable {
        /// A button went down.
        case press(Button)
        /// A button came up.
        case release(Button)
        /// The wheel turned away from the user.
        case scrollUp
        /// The wheel turned towards the user.
        case scrollDown
    }

    /// What was done.
    public let action: Action
    /// The cell it was done at.
    public let position: Point

    /// Makes an event.
    public init(_ action: Action, at position: Point) {
        self.action = action
        self.position = position
    }
}
