import TextUI

/// What is left when the terminal is too small: the size there is and the size needed.
enum TooSmallView {
    static func draw(on grid: inout Grid) {
        let size = grid.size
        let needed = Layout.minimum
        let candidates = [
            "The terminal has \(size.columns)×\(size.rows), needed are \(needed.columns)×\(needed.rows). q quits.",
            "\(size.columns)×\(size.rows), need \(needed.columns)×\(needed.rows), q quits",
            "\(size.columns)×\(size.rows) < \(needed.columns)×\(needed.rows) q",
            "\(size.columns)×\(size.rows)<\(needed.columns)×\(needed.rows)",
        ].map { DisplayText($0) }
        let text = candidates.first { $0.width <= size.columns } ?? candidates[3]
        grid.write(text, at: .zero, style: Style(.warning))
    }
}
