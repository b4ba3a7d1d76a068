import TextUI

/// Names and their values as lines: side by side where there is room.
enum FieldLines {
    /// From so many columns on the values stand beside their names.
    private static let leastColumnsSideBySide = 60
    /// The most that is drawn of a value.
    private static let maximumClusters = 20_000

    static func lines(_ fields: [(name: String, value: String)], columns: Int) -> [StyledText] {
        let texts = fields.map { name, value in
            (name: DisplayText(name), value: DisplayText(value, maximumClusters: maximumClusters))
        }
        let nameColumns = min(columns / 3, texts.map(\.name.width).max() ?? 0)
        return texts.flatMap { name, value in
            guard columns >= leastColumnsSideBySide else {
                return (name + ": " + value).wrapped(to: columns).map { StyledText($0) }
            }
            return StyledText.sideBySide(
                .init(name, Style(.dim)),
                columns: nameColumns,
                .init(value),
                columns: columns - nameColumns - 2
            )
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
