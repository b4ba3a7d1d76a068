import TextUI

/// Turns the bytes of a terminal into events.
///
/// Every byte moves it forward: invalid UTF-8 and unknown sequences are swallowed whole, and after the escape delay
/// ``flush()`` ends whatever is incomplete.
struct InputDecoder {
    private enum State: Equatable {
        /// Between keys.
        case ground
        /// After ESC.
        case escape
        /// After ESC [.
        case control([UInt8])
        /// In a control sequence that is longer than any we know.
        case overlongControl
        /// After ESC O.
        case application
        /// After ESC and the byte that opens a device's or an application's string; up to BEL or ESC \.
        case string(opener: UInt8, isEmpty: Bool)
        /// After ESC [ M: the old mouse report's three bytes.
        case mouse([UInt8])
        /// After ESC in such a string.
        case stringEscape
        /// In a bracketed paste.
        case paste
    }

    private static let longestControl = 64

    private var state = State.ground
    private var text = UTF8Decoder()
    private var isAlt = false
    private var paste = PasteBuffer()
    private var events: [TerminalEvent] = []

    /// Sequences of this terminal that no standard has.
    private let extraKeys: [[UInt8]: Key]

    /// Makes a decoder.
    ///
    /// - Parameter extraKeys: Whole sequences, the escape included, from the terminal's description.
    init(extraKeys: [[UInt8]: Key] = [:]) {
        self.extraKeys = extraKeys
    }

    /// Whether bytes wait for more; ``flush()`` after a while ends that.
    var isIncomplete: Bool { state != .ground || text.isIncomplete }

    /// Whether a paste is under way, which may take longer than a key's sequence.
    var isPasting: Bool { state == .paste }

    /// Takes bytes.
    mutating func decode(_ bytes: some Sequence<UInt8>) -> [TerminalEvent] {
        for byte in bytes {
            take(byte)
        }
        return takeEvents()
    }

    /// Ends what is incomplete: a lone escape is the key, a paste is delivered, the rest is dropped.
    mutating func flush() -> [TerminalEvent] {
        switch state {
        case .ground, .overlongControl, .mouse: break
        case .escape, .stringEscape: emit(.escape)
        case .control(let body): if body.isEmpty { emit(.alt("[")) }
        case .application: emit(.alt("O"))
        case .string(let opener, let isEmpty): if isEmpty { emit(.alt(Character(Unicode.Scalar(opener)))) }
        case .paste: finishPaste()
        }
        state = .ground
        isAlt = false
        text.reset()
        return takeEvents()
    }

    private mutating func takeEvents() -> [TerminalEvent] {
        defer { events = [] }
        return events
    }

    private mutating func emit(_ key: Key) {
        events.append(.key(key))
    }

    // MARK: - States

    private mutating func take(_ byte: UInt8) {
        switch state {
        case .ground: takeText(byte)
        case .escape: takeAfterEscape(byte)
        case .control(let body): takeControl(byte, body)
        case .overlongControl: if (0x40...0x7E).contains(byte) { state = .ground }
        case .application: takeApplication(byte)
        case .string(let opener, _): takeString(byte, opener)
        case .mouse(let bytes): takeMouse(bytes + [byte])
        case .stringEscape: takeAfterStringEscape(byte)
        case .paste: if paste.append(byte) { finishPaste() }
        }
    }

    private mutating func takeText(_ byte: UInt8) {
        switch text.decode(byte) {
        case .incomplete: break
        case .invalid: isAlt = false
        case .cutShort:
            isAlt = false
            takeText(byte)
        case .scalar(let scalar): takeScalar(scalar)
        }
    }

    private mutating func takeScalar(_ scalar: Unicode.Scalar) {
        if scalar.value == 0x1B {
            state = .escape
            return
        }
        if let event = ControlCharacter.event(of: scalar) {
            events.append(event)
        } else if !(0x7F...0x9F).contains(scalar.value), scalar.value >= 0x20 {
            emit(isAlt ? .alt(Character(scalar)) : .character(Character(scalar)))
        }
        isAlt = false
    }

    private mutating func takeAfterEscape(_ byte: UInt8) {
        state = .ground
        if let key = extraKeys[[0x1B, byte]] {
            emit(key)
            return
        }
        switch byte {
        case UInt8(ascii: "["): state = .control([])
        case UInt8(ascii: "O"): state = .application
        case UInt8(ascii: "P"), UInt8(ascii: "]"), UInt8(ascii: "_"), UInt8(ascii: "^"), UInt8(ascii: "X"):
            state = .string(opener: byte, isEmpty: true)
        case 0x7F: emit(.alt("\u{7F}"))
        case 0x00...0x1F:
            // Not Alt: a user may well press Escape and Enter, and a slow line delivers them together.
            emit(.escape)
            takeText(byte)
        default:
            isAlt = true
            takeText(byte)
        }
    }

    private mutating func takeControl(_ byte: UInt8, _ body: [UInt8]) {
        switch byte {
        case UInt8(ascii: "[") where body.isEmpty: state = .control([byte])
        case 0x20...0x3F: state = body.count < Self.longestControl ? .control(body + [byte]) : .overlongControl
        case 0x40...0x7E:
            state = .ground
            finish(ControlSequence(body: body, final: byte))
        default:
            // Not part of a sequence: the sequence is dropped, the byte is not.
            state = .ground
            takeText(byte)
        }
    }

    private mutating func finish(_ sequence: ControlSequence) {
        if let key = extraKeys[[0x1B, 0x5B] + sequence.body + [sequence.final]] {
            emit(key)
            return
        }
        switch sequence.meaning {
        case .event(let event): events.append(event)
        case .pasteBegins: state = .paste
        case .mouseFollows: state = .mouse([])
        case .nothing: break
        }
    }

    private mutating func takeApplication(_ byte: UInt8) {
        state = .ground
        if let key = extraKeys[[0x1B, 0x4F, byte]] ?? ControlSequence.applicationKey(byte) {
            emit(key)
        } else if byte < 0x20 {
            takeText(byte)
        }
    }

    private mutating func takeString(_ byte: UInt8, _ opener: UInt8) {
        switch byte {
        case 0x07: state = .ground
        case 0x1B: state = .stringEscape
        default: state = .string(opener: opener, isEmpty: false)
        }
    }

    /// ESC \ ends the string; ESC and anything else begins something new.
    private mutating func takeAfterStringEscape(_ byte: UInt8) {
        if byte == UInt8(ascii: "\\") {
            state = .ground
        } else {
            takeAfterEscape(byte)
        }
    }

    private mutating func takeMouse(_ bytes: [UInt8]) {
        guard bytes.count == 3 else {
            state = .mouse(bytes)
            return
        }
        state = .ground
        let numbers = bytes.map { Int($0) - 32 }
        if let event = ControlSequence.mouse(numbers[0], numbers[1], numbers[2], isRelease: false) {
            events.append(.mouse(event))
        }
    }

    private mutating func finishPaste() {
        events.append(.paste(paste.text))
        paste = PasteBuffer()
        state = .ground
    }
}
