import TestSupport
import Testing

@testable import TextUI

@Suite("Line editor")
struct LineEditorTests {
    private func editor(_ text: String, _ keys: Key...) -> LineEditor {
        var editor = LineEditor(text)
        for key in keys {
            _ = editor.handle(key)
        }
        return editor
    }

    @Test("Typing inserts at the cursor")
    func typing() {
        let editor = editor("ac", .left, .character("b"))
        #expect(editor.text == "abc")
        #expect(editor.cursor == 2)
    }

    @Test("Moving goes by characters as people see them")
    func graphemes() {
        let family = "👨‍👩‍👧"
        let editor = editor("a\(family)e\u{301}", .left, .left)
        #expect(editor.cursor == 1)
        #expect(self.editor("a\(family)", .backspace).text == "a")
        #expect(self.editor("e\u{301}x", .home, .delete).text == "x")
    }

    @Test("A combining mark joins the character before the cursor")
    func combining() {
        var editor = LineEditor("e")
        editor.insert("\u{301}")
        #expect(editor.characters == ["e\u{301}"])
        #expect(editor.cursor == 1)
    }

    @Test(
        "Keys of readline",
        arguments: [
            (.control("a"), "one two three", 0), (.control("e"), "one two three", 13), (.control("k"), "one two", 7),
            (.control("u"), " three", 0), (.control("w"), "one  three", 4), (.home, "one two three", 0),
            (.end, "one two three", 13), (.delete, "one twothree", 7), (.backspace, "one tw three", 6),
            (.alt("b"), "one two three", 4), (.alt("f"), "one two three", 13), (.control("d"), "one twothree", 7),
        ] as [(Key, String, Int)]
    )
    func readline(key: Key, text: String, cursor: Int) {
        var editor = LineEditor("one two three")
        for _ in 0..<6 {
            _ = editor.handle(.left)
        }
        let isTaken = editor.handle(key)
        #expect(isTaken)
        #expect(editor.text == text)
        #expect(editor.cursor == cursor)
    }

    @Test("What was cut comes back with Ctrl-Y")
    func yank() {
        #expect(editor("one two", .control("w"), .control("a"), .control("y")).text == "twoone ")
    }

    @Test("At the ends nothing happens, and the key is still taken")
    func ends() {
        var editor = LineEditor("")
        for key: Key in [.left, .right, .backspace, .delete, .home, .end, .control("k"), .control("u"), .control("w")] {
            let isTaken = editor.handle(key)
            #expect(isTaken)
            #expect(editor.isEmpty && editor.cursor == 0)
        }
    }

    @Test("Keys that mean something elsewhere are left to others")
    func otherKeys() {
        var editor = LineEditor("a")
        for key: Key in [.enter, .escape, .tab, .backTab, .up, .down, .pageUp, .pageDown, .function(1), .control("x")] {
            let isTaken = editor.handle(key)
            #expect(!isTaken)
        }
        #expect(editor.text == "a")
    }

    @Test("Pasted newlines and tabs become spaces, other controls are dropped")
    func paste() {
        var editor = LineEditor("")
        editor.insert("one\r\ntwo\tthree\n\u{1B}[31m\u{7F}\u{9B}")
        #expect(editor.text == "one two three [31m")
    }

    @Test("The length is limited in characters")
    func limit() {
        var editor = LineEditor("abcdef", maximumLength: 4)
        #expect(editor.text == "abcd")
        let isTaken = editor.insert("x")
        #expect(!isTaken)
        _ = editor.handle(.home)
        _ = editor.handle(.delete)
        editor.insert("xyz")
        #expect(editor.text == "xbcd")
        #expect(editor.cursor == 1)
    }

    @Test("Random keys keep the cursor inside the text", arguments: 1...10 as ClosedRange<UInt64>)
    func randomKeys(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let keys: [Key] = [
            .left, .right, .home, .end, .backspace, .delete, .control("k"), .control("u"), .control("w"), .control("y"),
            .alt("b"), .alt("f"), .character("a"), .character(" "), .character("日"), .character("\u{301}"),
            .character("\u{200D}"), .character("👩"), .character("\u{1F1EB}"),
        ]
        var editor = LineEditor("", maximumLength: 12)
        for _ in 0..<2_000 {
            guard let key = keys.randomElement(using: &random) else { continue }
            _ = editor.handle(key)
            #expect((0...editor.characters.count).contains(editor.cursor))
            #expect(Array(editor.text) == editor.characters)
            #expect(editor.characters.count <= 12)
        }
    }
}
