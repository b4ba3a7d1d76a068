import TextUI

/// The question whether to quit while an event is being sent.
struct QuitQuestionView {
    let isYesSelected: Bool

    func draw(on grid: inout Grid, in body: Rect, context: ViewContext) {
        let dialog = Dialog(title: "Quit", content: Size(columns: 46, rows: 4), border: Style(.warning))
        let inside = dialog.draw(on: &grid, in: body, glyphs: context.glyphs)
        let text = Paragraph("An event is being sent. Quit without waiting for the answer?", style: Style(.dialog))
        text.draw(on: &grid, in: inside, ellipsis: context.glyphs.ellipsis)
        let line = inside.line(inside.rows - 1)
        let answers =
            answer("No, wait", isSelected: !isYesSelected, context)
            + "   " + answer("Yes, quit", isSelected: isYesSelected, context)
        grid.write(answers, at: line.origin, clippedTo: line)
    }

    private func answer(_ text: DisplayText, isSelected: Bool, _ context: ViewContext) -> StyledText {
        StyledText(
            (isSelected ? context.glyphs.pointer : " ") + " " + text + " ",
            isSelected ? Style(.selection, .reverse) : Style(.dialog)
        )
    }
}
