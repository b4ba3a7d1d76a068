extension Array where Element: Equatable {
    /// How many elements to insert, leave out, replace, or swap with the next one make this list another (the optimal string
    /// alignment distance).
    func editDistance(to other: [Element]) -> Int {
        var rows = [Swift.Array(0...other.count)]
        for (row, element) in enumerated() {
            rows.append([row + 1])
            for (column, counterpart) in other.enumerated() {
                var least = Swift.min(
                    rows[row][column] + (element == counterpart ? 0 : 1),
                    rows[row][column + 1] + 1,
                    rows[row + 1][column] + 1
                )
                if row > 0, column > 0, element == other[column - 1], counterpart == self[row - 1] {
                    least = Swift.min(least, rows[row - 1][column - 1] + 1)
                }
                rows[row + 1].append(least)
            }
        }
        return rows[count][other.count]
    }
}
