import Testing

@testable import TextUI

@Suite("Text field")
struct TextFieldTests {
    private func draw(_ editor: LineEditor, columns: Int, isFocused: Bool = true) -> (line: String, cursor: Int?) {
        var grid = Grid(size: Size(columns: columns, rows: 1))
        let cursor = TextField(placeholder: "type", isFocused: isFocused).draw(editor, on: &grid, in: grid.bounds)
        return (grid.lines[0], cursor?.column)
    }

    @Test("Short text and the cursor stand at the left")
    func short() {
        #expect(draw(LineEditor("ab"), columns: 5) == ("ab", 2))
        #expect(draw(LineEditor(), columns: 5) == ("type", 0))
        #expect(draw(LineEditor("ab"), columns: 5, isFocused: false) == ("ab", nil))
    }

    @Test("Long text scrolls by display columns, and the cursor stays inside")
    func long() {
        #expect(draw(LineEditor("abcdef"), columns: 4) == ("def", 3))
        #expect(draw(LineEditor("日本語"), columns: 5) == ("本語", 4))
        #expect(draw(LineEditor("日本語"), columns: 4) == ("語", 2))
    }

    @Test("The wide character under the cursor shows as a whole")
    func wideUnderCursor() {
        var editor = LineEditor("abc日")
        _ = editor.handle(.left)
        #expect(draw(editor, columns: 4) == ("bc日", 2))
    }

    @Test("At every width the cursor is inside or nowhere", arguments: 0...12)
    func everyWidth(columns: Int) {
        var editor = LineEditor("a日\u{200B}👩‍👩‍👧z本")
        for _ in 0...editor.characters.count {
            let (_, cursor) = draw(editor, columns: columns)
            #expect(cursor.map { (0..<columns).contains($0) } ?? (columns == 0))
            _ = editor.handle(.left)
        }
    }
}
