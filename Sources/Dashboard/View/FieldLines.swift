import TextUI

/// Names and their values as lines: side by side where there is room.
enum FieldLines {
    /// From so many columns on the values stand beside their names.
    private static let leastColumnsSideBySide = 60
    /// The most scalars of a value that are drawn.
    private static let maximumLength = 20_000

    static func lines(_ fields: [(name: String, value: String)], columns: Int) -> [StyledText] {
        let names = fields.map { DisplayText($0.name) }
        let nameColumns = min(columns / 3, names.map(\.width).max() ?? 0)
        return zip(names, fields).flatMap { name, field in
            paragraphs(of: field.value).enumerated().flatMap { number, text in
                lines(number == 0 ? name : nil, text, nameColumns, columns: columns)
            }
        }
    }

    private static func lines(
        _ name: DisplayText?,
        _ text: DisplayText,
        _ nameColumns: Int,
        columns: Int
    ) -> [StyledText] {
        guard columns >= leastColumnsSideBySide else {
            return ((name.map { $0 + ": " } ?? .empty) + text).wrapped(to: columns).map { StyledText($0) }
        }
        return StyledText.sideBySide(
            .init(name ?? .empty, Style(.dim)),
            columns: nameColumns,
            .init(text),
            columns: columns - nameColumns - 2
        )
    }

    private static func paragraphs(of value: String) -> [DisplayText] {
        let shown = value.unicodeScalars.prefix(maximumLength)
        let text = String(shown) + (shown.endIndex < value.unicodeScalars.endIndex ? "…" : "")
        return text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map {
            DisplayText(String($0), maximumClusters: maximumLength + 1)
        }
    }
}

extension [StyledText] {
    /// As many lines as there is room for; the last tells by an ellipsis that there are more.
    func cut(to size: Size, ellipsis: DisplayText) -> [StyledText] {
        guard count > size.rows, size.rows > 0 else { return self }
        let last = (self[size.rows - 1] + StyledText(" " + ellipsis)).truncated(to: size.columns, ellipsis: ellipsis)
        return prefix(size.rows - 1) + [last]
    }
}
