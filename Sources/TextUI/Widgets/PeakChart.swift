/// A chart of several rows: for each point a bar and a peak above it, which differ in their glyphs; the newest at the right.
public struct PeakChart: Hashable, Sendable {
    /// What stands above one another.
    public struct Point: Hashable, Sendable {
        /// The height of the bar.
        public var bar: Double
        /// The height of the peak.
        public var peak: Double

        /// Makes a point; heights that are not finite or negative count as 0.
        public init(bar: Double, peak: Double) {
            self.bar = bar.isFinite ? max(0, bar) : 0
            self.peak = peak.isFinite ? max(0, peak) : 0
        }
    }

    /// The points from oldest to newest; nil where there is no data, which stays blank.
    public let points: [Point?]
    /// The value of the full height, at least that of every point.
    public let maximum: Double

    /// Makes a chart.
    public init(_ points: [Point?], maximum: Double) {
        self.points = points
        self.maximum = maximum
    }

    /// How many points stand in one column.
    public static func pointsPerColumn(_ level: Glyphs.Level) -> Int { level == .braille ? 2 : 1 }

    /// Draws the points from the left of an area on; those that don't fit are left out.
    public func draw(on grid: inout Grid, in area: Rect, glyphs: Glyphs, bar: Style, peak: Style) {
        let perColumn = Self.pointsPerColumn(glyphs.level)
        for column in 0..<max(0, min(area.columns, (points.count + perColumn - 1) / perColumn)) {
            for row in 0..<area.rows {
                let (text, isBar) =
                    glyphs.level == .braille
                    ? Self.dots(points.dropFirst(column * 2).prefix(2).map { levels(of: $0, 4, area.rows) }, row: row)
                    : block(levels(of: points[column], glyphs.heights.count, area.rows), row: row, glyphs)
                guard let text else { continue }
                let place = area.origin.moved(columns: column, rows: area.rows - 1 - row)
                grid.write(text, at: place, style: isBar ? bar : peak, clippedTo: area)
            }
        }
    }

    /// How many steps high the bar and the peak are, at least one; `nil` for no data.
    private func levels(of point: Point?, _ stepsPerRow: Int, _ rows: Int) -> (bar: Int, peak: Int)? {
        guard let point else { return nil }
        let all = stepsPerRow * rows
        func steps(_ value: Double) -> Int {
            maximum > 0 ? min(all, max(1, Int((min(1, value / maximum) * Double(all)).rounded(.up)))) : 1
        }
        return (steps(point.bar), steps(point.peak))
    }

    /// What stands in a row, counted from below.
    private func block(_ levels: (bar: Int, peak: Int)?, row: Int, _ glyphs: Glyphs) -> (DisplayText?, isBar: Bool) {
        guard let levels else { return (nil, false) }
        let steps = glyphs.heights.count
        let inBar = min(steps, levels.bar - row * steps)
        if inBar > 0 { return (glyphs.heights[inBar - 1], true) }
        return (levels.peak > row * steps ? glyphs.peak : nil, false)
    }

    /// The same for two points side by side: the bar as dots from below, the peak as the one dot at its height.
    private static func dots(_ points: [(bar: Int, peak: Int)?], row: Int) -> (DisplayText?, isBar: Bool) {
        let columns: [[UInt32]] = [[0x40, 0x04, 0x02, 0x01], [0x80, 0x20, 0x10, 0x08]]
        var dots: UInt32 = 0
        var isBar = false
        for (levels, bits) in zip(points, columns) {
            guard let levels else { continue }
            for (step, bit) in bits.enumerated() {
                let level = row * bits.count + step + 1
                if level <= levels.bar { (dots, isBar) = (dots | bit, true) }
                if level == levels.peak { dots |= bit }
            }
        }
        guard dots > 0, let scalar = Unicode.Scalar(0x2800 + dots) else { return (nil, false) }
        return (DisplayText(clusters: [Cluster(checked: String(scalar))]), isBar)
    }
}
