import TextUI

/// A question with the two answers.
struct QuestionView {
    let question: Question
    let isYesSelected: Bool

    func draw(on grid: inout Grid, in body: Rect, context: ViewContext) {
        let dialog = Dialog(
            title: DisplayText(question.title),
            content: Size(columns: 46, rows: 4),
            border: Style(.warning)
        )
        let inside = dialog.draw(on: &grid, in: body, glyphs: context.glyphs)
        // Whatever is in the text, the answers show.
        let room = Rect(origin: inside.origin, size: Size(columns: inside.columns, rows: max(0, inside.rows - 1)))
        Paragraph(DisplayText(question.text), style: Style(.dialog))
            .draw(on: &grid, in: room, ellipsis: context.glyphs.ellipsis)
        let line = inside.line(inside.rows - 1)
        let answers =
            answer(DisplayText(question.answers.no), isSelected: !isYesSelected, context)
            + "   " + answer(DisplayText(question.answers.yes), isSelected: isYesSelected, context)
        grid.write(answers, at: line.origin, clippedTo: line)
    }

    private func answer(_ text: DisplayText, isSelected: Bool, _ context: ViewContext) -> StyledText {
        StyledText(
            (isSelected ? context.glyphs.pointer : " ") + " " + text + " ",
            isSelected ? Style(.selection, .reverse) : Style(.dialog)
        )
    }
}
