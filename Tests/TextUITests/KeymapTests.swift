import Testing

@testable import TextUI

@Suite("Keymap")
struct KeymapTests {
    private enum Action { case quit, add, filter, close }

    private let keymap = Keymap<Action>([
        .init([.character("a")], .add, title: "Add an event", hint: "add event", group: "Events", scopes: ["list"]),
        .init([.character("/")], .filter, title: "Filter | find", hint: "filter", group: "Events", scopes: ["list"]),
        .init([.character("q"), .control("q")], .quit, title: "Quit", hint: "quit", group: "General"),
        .init([.escape, .character("q")], .close, title: "Close", group: "General", scopes: ["dialog"]),
    ])

    @Test("The narrowest scope that knows the key decides")
    func dispatch() {
        #expect(keymap.action(for: .character("q")) == .quit)
        #expect(keymap.action(for: .character("q"), in: ["dialog", .global]) == .close)
        #expect(keymap.action(for: .character("a"), in: ["dialog", .global]) == nil)
        #expect(keymap.action(for: .character("a"), in: ["list", .global]) == .add)
    }

    @Test("The footer shows what has a hint and is not taken by a narrower scope")
    func hints() {
        #expect(keymap.hints(in: ["list", .global]).map(\.action) == [.add, .filter, .quit])
        #expect(keymap.hints(in: ["dialog", .global]).map(\.action) == [])
    }

    @Test("The help groups bindings in their order")
    func sections() {
        #expect(keymap.sections().map(\.group) == ["Events", "General"])
        #expect(keymap.sections(in: ["dialog"]).flatMap(\.bindings).map(\.action) == [.close])
    }

    @Test("A key claimed twice in one scope is a conflict")
    func conflicts() {
        #expect(keymap.conflicts.isEmpty)
        let doubled = Keymap<Action>([
            .init([.enter], .add, title: "A", group: "G"), .init([.enter, .tab], .quit, title: "B", group: "G"),
        ])
        #expect(doubled.conflicts.map(\.key) == [.enter])
        #expect(doubled.action(for: .enter) == .add)
    }

    @Test("The README's table names every key")
    func markdown() {
        let lines = keymap.markdownTable().split(separator: "\n")
        #expect(lines.count == 6)
        #expect(lines.contains("| `/` | Filter \\| find |"))
        #expect(lines.contains("| `q` `Ctrl-Q` | Quit |"))
    }
}
