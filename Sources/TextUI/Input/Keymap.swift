/// Where a key means something: a pane, a dialog, or everywhere.
public struct KeyScope: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
    /// The name.
    public let rawValue: String

    /// Makes a scope of its name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Makes a scope of its name.
    public init(stringLiteral value: String) {
        self.init(rawValue: value)
    }

    /// Everywhere, unless a narrower scope takes the key.
    public static let global: KeyScope = "global"
}

/// The one list of keys: it feeds dispatch, the footer, the help and the README's table.
public struct Keymap<Action: Hashable & Sendable>: Hashable, Sendable {
    /// Keys that do one thing.
    public struct Binding: Hashable, Sendable {
        /// The keys, none for what only a list of commands offers; hints show the first, the help shows all.
        public let keys: [Key]
        /// What they do.
        public let action: Action
        /// What they do, for the help.
        public let title: DisplayText
        /// What they do, in a word or two for the footer; nil keeps them out of it.
        public var hint: DisplayText?
        /// The help's heading that they stand under.
        public let group: DisplayText
        /// Where they mean this.
        public let scopes: Set<KeyScope>

        /// Makes a binding.
        public init(
            _ keys: [Key],
            _ action: Action,
            title: DisplayText,
            hint: DisplayText? = nil,
            group: DisplayText,
            scopes: Set<KeyScope> = [.global]
        ) {
            self.keys = keys
            self.action = action
            self.title = title
            self.hint = hint
            self.group = group
            self.scopes = scopes
        }
    }

    /// A heading of the help and what stands under it.
    public struct Section: Hashable, Sendable {
        /// The heading.
        public let group: DisplayText
        /// The bindings, in their order.
        public let bindings: [Binding]
    }

    /// All bindings; hints and help keep their order.
    public let bindings: [Binding]

    private let actions: [KeyScope: [Key: Action]]

    /// Makes a keymap; where two bindings claim a key in a scope the first wins (see ``conflicts``).
    public init(_ bindings: [Binding]) {
        self.bindings = bindings
        var actions: [KeyScope: [Key: Action]] = [:]
        for binding in bindings {
            for scope in binding.scopes {
                let pairs = binding.keys.map { ($0, binding.action) }
                actions[scope, default: [:]].merge(pairs) { first, _ in first }
            }
        }
        self.actions = actions
    }

    /// What a key does.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - scopes: The scopes that apply, the narrowest first.
    /// - Returns: The action of the first scope that knows the key; nil when none does.
    public func action(for key: Key, in scopes: [KeyScope] = [.global]) -> Action? {
        for scope in scopes {
            if let action = actions[scope]?[key] {
                return action
            }
        }
        return nil
    }

    /// The bindings for the footer: those with a hint that the scopes reach, in their order.
    public func hints(in scopes: [KeyScope] = [.global]) -> [Binding] {
        bindings.filter { binding in
            guard binding.hint != nil, let key = binding.keys.first else { return false }
            return !binding.scopes.isDisjoint(with: scopes) && action(for: key, in: scopes) == binding.action
        }
    }

    /// The bindings for the help, under their headings in order of first appearance.
    ///
    /// - Parameter scopes: Only what these reach; nil for everything.
    public func sections(in scopes: Set<KeyScope>? = nil) -> [Section] {
        let shown = bindings.filter { binding in scopes.map { !binding.scopes.isDisjoint(with: $0) } ?? true }
        var groups: [DisplayText] = []
        for binding in shown where !groups.contains(binding.group) {
            groups.append(binding.group)
        }
        return groups.map { group in Section(group: group, bindings: shown.filter { $0.group == group }) }
    }

    /// Keys that two bindings claim in one scope; a test asserts that there are none.
    public var conflicts: [(scope: KeyScope, key: Key)] {
        var seen: [KeyScope: Set<Key>] = [:]
        var result: [(scope: KeyScope, key: Key)] = []
        for binding in bindings {
            for scope in binding.scopes.sorted(by: { $0.rawValue < $1.rawValue }) {
                for key in binding.keys where !seen[scope, default: []].insert(key).inserted {
                    result.append((scope, key))
                }
            }
        }
        return result
    }

    /// The keys of a binding as one text: `j, ↓`.
    public static func label(of binding: Binding, _ glyphs: Glyphs = .unicode) -> DisplayText {
        let labels = binding.keys.map { $0.label(glyphs) }
        return labels.dropFirst().reduce(labels.first ?? .empty) { $0 + ", " + $1 }
    }

    /// The keys as a Markdown table, for the README.
    ///
    /// - Parameter key: What stands beside a binding that has no key.
    public func markdownTable(withoutKey key: Key? = nil) -> String {
        var lines = ["| key | does |", "|---|---|"]
        for section in sections() {
            for binding in section.bindings {
                let keys = (binding.keys.isEmpty ? [key].compactMap(\.self) : binding.keys)
                    .map { "`\($0.label().string.replacingBar)`" }
                lines.append("| \(keys.joined(separator: " ")) | \(binding.title.string.replacingBar) |")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension String {
    /// The text with the bars that would end a Markdown table's cell escaped.
    fileprivate var replacingBar: String {
        split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
}
