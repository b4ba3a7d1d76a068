import EventService
import TextUI

/// What the glyphs of the timeline mean.
enum TimelineLegend {
    /// The glyphs with their meanings, the most important first.
    static func meanings(_ glyphs: Glyphs) -> [(glyph: DisplayText, style: Style, meaning: DisplayText)] {
        let open = glyphs.openStart + glyphs.waiting + glyphs.openEnd
        return [
            (glyphs.failures.joined, Style(.bad), "failed"),
            (glyphs.rejections.joined, Style(.warning), "rejected"),
            (glyphs.probe, Style(.accent), "probe"),
            (glyphs.successes.joined, Style(.good), "ok"),
            (open, Style(.bad), "open"),
            ("~", Style(.warning), "half-open"),
            (glyphs.noData, Style(.dim), "no calls"),
            (glyphs.failure + "__", Style(.dim), "at some time in it"),
        ]
    }

    /// As many of them as have room in a row, closer to each other where that makes room for more.
    static func line(width: Int, glyphs: Glyphs) -> StyledText {
        let (wide, close) = (line(width: width, gap: "   ", glyphs), line(width: width, gap: "  ", glyphs))
        return wide.parts < close.parts ? close.text : wide.text
    }

    private static func line(width: Int, gap: StyledText, _ glyphs: Glyphs) -> (text: StyledText, parts: Int) {
        var line = (text: StyledText(), parts: 0)
        for (glyph, style, meaning) in meanings(glyphs) {
            let part = StyledText([.init(glyph + " ", style), .init(meaning, Style(.dim))])
            let longer = line.parts == 0 ? part : line.text + gap + part
            if longer.width > width { break }
            line = (longer, line.parts + 1)
        }
        return line
    }

    /// All of them, for the help.
    static func lines(_ glyphs: Glyphs, labelWidth: Int, columns: Int) -> [StyledText] {
        let words: DisplayText = "Glyphs of the timeline; the heavier ones stand for ten and a hundred"
        let title = StyledText(words, Style(.title, .bold))
        return [title.truncated(to: columns + labelWidth + 2, ellipsis: glyphs.ellipsis)]
            + (meanings(glyphs) + [(" ", Style(.dim), "not known: before the process started")])
            .flatMap { glyph, style, meaning in
                StyledText.sideBySide(
                    .init(glyph, style),
                    columns: labelWidth,
                    .init(meaning, Style(.dialog)),
                    columns: columns
                )
            }
    }
}

extension [DisplayText] {
    fileprivate var joined: DisplayText { reduce(.empty, +) }
}
