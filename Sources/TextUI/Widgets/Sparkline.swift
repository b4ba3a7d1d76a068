/// A chart of one row: the newest value is at the right.
public struct Sparkline: Hashable, Sendable {
    /// The values from oldest to newest; nil where there is no data, which is drawn unlike the value 0.
    public let values: [Double?]
    /// The value of the full height; nil takes the greatest value.
    public let maximum: Double?

    /// Makes a chart; values that are not finite count as no data, negative ones as 0.
    public init(_ values: [Double?], maximum: Double? = nil) {
        self.values = values.map { value in value.flatMap { $0.isFinite ? max(0, $0) : nil } }
        self.maximum = maximum
    }

    /// The chart as text of exactly a width; older values that don't fit are left out.
    public func text(width: Int, glyphs: Glyphs) -> DisplayText {
        guard width > 0 else { return .empty }
        let width = min(width, 1_000)
        let shown = Array(values.suffix(glyphs.level == .braille ? width * 2 : width))
        let top = maximum ?? shown.compactMap { $0 }.max() ?? 0
        switch glyphs.level {
        case .braille:
            return Self.braille(shown.map { Self.step($0, of: 4, top) }, width: width, glyphs)
        case .block, .ascii:
            let steps = glyphs.heights.count
            let chart = shown.map { value in
                Self.step(value, of: steps, top).map { glyphs.heights[$0 - 1] } ?? glyphs.noData
            }
            return DisplayText.spaces(width - chart.count) + chart.reduce(.empty, +)
        }
    }

    /// The height of a value, 1 to a number of steps; nil for no data.
    private static func step(_ value: Double?, of steps: Int, _ top: Double) -> Int? {
        guard let value else { return nil }
        guard top > 0 else { return 1 }
        let height = min(value / top, 1) * Double(steps)
        let whole = Int(height)
        return min(steps, max(1, Double(whole) < height ? whole + 1 : whole))
    }

    /// Two values a column, each a stack of up to four dots.
    private static func braille(_ steps: [Int?], width: Int, _ glyphs: Glyphs) -> DisplayText {
        let left: [UInt32] = [0x40, 0x44, 0x46, 0x47]
        let right: [UInt32] = [0x80, 0xA0, 0xB0, 0xB8]
        let padded = Array(repeating: Int?.none, count: max(0, width * 2 - steps.count)) + steps
        var clusters: [Cluster] = []
        for index in stride(from: 0, to: padded.count - 1, by: 2) {
            let dots = (padded[index].map { left[$0 - 1] } ?? 0) | (padded[index + 1].map { right[$0 - 1] } ?? 0)
            let hasData = index + 1 >= padded.count - steps.count
            if dots == 0 {
                clusters += hasData ? glyphs.noData.clusters : [.space]
            } else if let scalar = Unicode.Scalar(0x2800 + dots) {
                clusters.append(Cluster(checked: String(scalar)))
            }
        }
        return DisplayText(clusters: clusters)
    }
}
