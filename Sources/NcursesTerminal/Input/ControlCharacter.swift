import TextUI

/// What the control characters of a raw terminal mean.
enum ControlCharacter {
    /// The event of a control character; nil for other characters.
    static func event(of scalar: Unicode.Scalar) -> TerminalEvent? {
        switch scalar.value {
        case 0x00: .key(.control(" "))
        case 0x03: .interrupt
        case 0x08, 0x7F: .key(.backspace)
        case 0x09: .key(.tab)
        case 0x0A, 0x0D: .key(.enter)
        case 0x1A: .suspendRequested
        // Ctrl-\ means SIGQUIT everywhere else.
        case 0x1C: .terminate(.quit)
        case 0x01...0x1A: .key(.control(Character(Unicode.Scalar(UInt8(scalar.value) + 0x60))))
        case 0x1D...0x1F: .key(.control(Character(Unicode.Scalar(UInt8(scalar.value) + 0x40))))
        default: nil
        }
    }
}
