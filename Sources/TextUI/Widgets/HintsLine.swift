/// The keys that the footer tells, as many as there is room for.
public struct HintsLine: Hashable, Sendable {
    /// A key and what it does.
    public struct Hint: Hashable, Sendable {
        /// The key's name.
        public var key: DisplayText
        /// What it does.
        public var title: DisplayText

        /// Makes a hint.
        public init(_ key: DisplayText, _ title: DisplayText) {
            self.key = key
            self.title = title
        }

        var width: Int { key.width + 1 + title.width }
    }

    /// The hints, the most important first.
    public var hints: [Hint]
    /// Hints that stay where others are dropped, at the end of the line.
    public var last: [Hint]

    /// Makes a line of hints.
    public init(_ hints: [Hint], last: [Hint] = []) {
        self.hints = hints
        self.last = last
    }

    /// Makes the line of a keymap.
    ///
    /// - Parameters:
    ///   - keymap: Where the hints come from.
    ///   - scopes: The scopes that apply, the narrowest first.
    ///   - last: Actions whose hints stay where others are dropped (help and quit).
    public init<Action>(
        _ keymap: Keymap<Action>,
        in scopes: [KeyScope],
        last: Set<Action> = [],
        glyphs: Glyphs = .unicode
    ) {
        let bindings = keymap.hints(in: scopes)
        func hint(_ binding: Keymap<Action>.Binding) -> Hint? {
            guard let key = binding.keys.first, let title = binding.hint else { return nil }
            return Hint(key.label(glyphs), title)
        }
        self.init(
            bindings.filter { !last.contains($0.action) }.compactMap(hint),
            last: bindings.filter { last.contains($0.action) }.compactMap(hint)
        )
    }

    private static let gap = 3

    /// The hints that fit into a width, whole ones only.
    public func fitting(width: Int) -> [Hint] {
        var room = width
        var kept = last.prefix { hint in
            room -= hint.width + Self.gap
            return room + Self.gap >= 0
        }
        if kept.count < last.count {
            return Array(kept)
        }
        let first = hints.prefix { hint in
            room -= hint.width + Self.gap
            return room + Self.gap >= 0
        }
        kept = first + kept
        return Array(kept)
    }

    /// Draws the hints in the first row of an area, a blank column at the left.
    public func draw(on grid: inout Grid, in area: Rect) {
        let line = area.line(0)
        var text = StyledText(" ", Style(.hint))
        for (index, hint) in fitting(width: line.columns - 1).enumerated() {
            text.append(index == 0 ? .empty : .spaces(Self.gap), Style(.hint))
            text.append(hint.key, Style(.key))
            text.append(" " + hint.title, Style(.hint))
        }
        grid.write(text, at: line.origin, clippedTo: line)
    }
}
