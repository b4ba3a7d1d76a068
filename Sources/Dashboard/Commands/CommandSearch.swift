import TextUI

/// What is looked for among the commands, and the one that the cursor is on.
public struct CommandSearch: Equatable, Sendable {
    /// The words as typed.
    var words = LineEditor(maximumLength: 64)
    /// The position of the cursor among the commands found, and the part of them that shows.
    var scroll = ScrollState<Int>()
}

/// Something that somebody can have done, whether or not it has a key.
struct Command: Equatable {
    let binding: Keymap<Action>.Binding
    /// Why it would do nothing now, `nil` where it would.
    let reasonAgainst: String?
}

extension CommandSearch {
    /// The bindings that have all the words; those in which every word begins one come first, and else their order stays.
    func found(in bindings: [Keymap<Action>.Binding]) -> [Keymap<Action>.Binding] {
        let needles = words.text.split(separator: " ").map { Needle(String($0)) }
        let found = bindings.filter { binding in
            let text = Self.text(of: binding)
            return needles.allSatisfy { $0.isFound(inLowercased: text) }
        }
        let exact = found.filter { binding in
            let text = " " + Self.text(of: binding)
            return needles.allSatisfy { $0.atWordStart.isFound(inLowercased: text) }
        }
        return exact + found.filter { !exact.contains($0) }
    }

    private static func text(of binding: Keymap<Action>.Binding) -> String {
        (binding.title + " " + binding.group + " " + (binding.hint ?? .empty)).string.lowercased()
    }
}
