extension String {
    /// How many characters to insert, leave out, replace, or swap with the next one make this text another (the optimal
    /// string alignment distance).
    func editDistance(to other: String) -> Int {
        let (first, second) = (Array(self), Array(other))
        var rows = [Array(0...second.count)]
        for (row, character) in first.enumerated() {
            rows.append([row + 1])
            for (column, counterpart) in second.enumerated() {
                var least = Swift.min(
                    rows[row][column] + (character == counterpart ? 0 : 1),
                    rows[row][column + 1] + 1,
                    rows[row + 1][column] + 1
                )
                if row > 0, column > 0, character == second[column - 1], counterpart == first[row - 1] {
                    least = Swift.min(least, rows[row - 1][column - 1] + 1)
                }
                rows[row + 1].append(least)
            }
        }
        return rows[first.count][second.count]
    }
}
