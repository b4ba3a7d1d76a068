/// A bar that fills from left to right.
public struct ProgressBar: Hashable, Sendable {
    /// The done share, 0 to 1.
    public let fraction: Double

    /// Makes a bar; a share outside of 0 to 1 is clamped, one that is not a number is 0.
    public init(_ fraction: Double) {
        self.fraction = fraction.isNaN ? 0 : min(max(fraction, 0), 1)
    }

    /// The bar as text of exactly a width.
    ///
    /// Only a bar that is done is full, and only one that has not begun is empty.
    public func text(width: Int, glyphs: Glyphs) -> DisplayText {
        guard width > 0 else { return .empty }
        let width = min(width, 1_000)
        let steps = glyphs.barParts.count + 1
        var done = Int(fraction * Double(width * steps))
        if fraction > 0 {
            done = max(done, 1)
        }
        let full = done / steps
        let part = done % steps
        var clusters = glyphs.barFull.repeated(full)
        if part > 0 {
            clusters += glyphs.barParts[part - 1]
        }
        return clusters + glyphs.barEmpty.repeated(width - clusters.width)
    }

    /// The bar in two styles, one for what is done and one for the rest.
    public func styled(width: Int, glyphs: Glyphs, done: Style, rest: Style = Style(.dim)) -> StyledText {
        let whole = text(width: width, glyphs: glyphs)
        let empty = glyphs.barEmpty.clusters.first
        let filled = whole.clusters.prefix { $0 != empty }
        return StyledText([
            StyledText.Span(DisplayText(clusters: Array(filled)), done),
            StyledText.Span(DisplayText(clusters: Array(whole.clusters.dropFirst(filled.count))), rest),
        ])
    }
}
