/// The text of an input field and the cursor in it.
///
/// Moves and deletes by characters as people see them. Holds what was typed, for sending; ``DisplayText`` makes it safe to
/// draw. Controls never get in: newlines and tabs become spaces, others are dropped.
public struct LineEditor: Hashable, Sendable {
    /// The characters.
    public private(set) var characters: [Character]
    /// The cursor: how many characters are left of it.
    public private(set) var cursor: Int
    /// The most characters it takes.
    public let maximumLength: Int

    private var killed: [Character] = []

    /// Makes a field with the cursor at the end.
    ///
    /// - Parameter maximumLength: The most characters, 1 to 10,000.
    public init(_ text: String = "", maximumLength: Int = 256) {
        self.maximumLength = max(1, min(maximumLength, 10_000))
        self.characters = []
        self.cursor = 0
        insert(text)
    }

    /// The text as typed.
    public var text: String { String(characters) }

    /// Whether there is no text.
    public var isEmpty: Bool { characters.isEmpty }

    /// Replaces the text and moves the cursor to its end.
    public mutating func replace(with text: String) {
        characters = []
        cursor = 0
        insert(text)
    }

    /// Inserts text at the cursor; what would be too long is left out.
    ///
    /// - Returns: Whether anything was inserted.
    @discardableResult
    public mutating func insert(_ text: String) -> Bool {
        let room = maximumLength - characters.count
        let added = Array(text.lazy.compactMap(Self.accepted).prefix(max(0, room)))
        guard !added.isEmpty else { return false }
        let end = characters[cursor...]
        let joined = String(characters[..<cursor] + added)
        // A combining mark joins the character before it, so the cursor is counted in the joined text.
        characters = Array(joined + String(end))
        cursor = min(joined.count, characters.count)
        return true
    }

    /// Takes a key.
    ///
    /// - Returns: Whether the field knows the key, even where it changed nothing; false leaves the key to others.
    public mutating func handle(_ key: Key) -> Bool {
        switch key {
        case .character(let character): insert(String(character))
        case .left, .control("b"): move(to: cursor - 1)
        case .right, .control("f"): move(to: cursor + 1)
        case .home, .control("a"): move(to: 0)
        case .end, .control("e"): move(to: characters.count)
        case .backspace: remove(cursor - 1..<cursor)
        case .delete, .control("d"): remove(cursor..<cursor + 1)
        case .control("k"): kill(cursor..<characters.count)
        case .control("u"): kill(0..<cursor)
        case .control("w"), .alt("\u{7F}"): kill(wordStart..<cursor)
        case .control("y"): insert(String(killed))
        case .alt("b"): move(to: wordStart)
        case .alt("f"): move(to: wordEnd)
        case .control, .alt, .enter, .escape, .tab, .backTab, .insert, .up, .down, .pageUp, .pageDown, .function:
            return false
        }
        return true
    }

    // MARK: - Edits

    private mutating func move(to position: Int) {
        cursor = max(0, min(position, characters.count))
    }

    private mutating func remove(_ range: Range<Int>) {
        let range = range.clamped(to: 0..<characters.count)
        guard !range.isEmpty else { return }
        let before = String(characters[..<range.lowerBound])
        let after = String(characters[range.upperBound...])
        characters = Array(before + after)
        cursor = min(before.count, characters.count)
    }

    private mutating func kill(_ range: Range<Int>) {
        guard !range.isEmpty else { return }
        killed = Array(characters[range])
        remove(range)
    }

    private var wordStart: Int {
        var position = cursor
        while position > 0, characters[position - 1].isWhitespace { position -= 1 }
        while position > 0, !characters[position - 1].isWhitespace { position -= 1 }
        return position
    }

    private var wordEnd: Int {
        var position = cursor
        while position < characters.count, characters[position].isWhitespace { position += 1 }
        while position < characters.count, !characters[position].isWhitespace { position += 1 }
        return position
    }

    private static func accepted(_ character: Character) -> Character? {
        if character.isNewline || character == "\t" { return " " }
        let isControl = character.unicodeScalars.contains { $0.properties.generalCategory == .control }
        return isControl ? nil : character
    }
}
