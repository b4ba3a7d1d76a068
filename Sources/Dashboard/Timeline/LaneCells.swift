import EventService
import Foundation

/// One route's lane of the failure timeline, cut into cells.
struct LaneCells: Equatable {
    /// What a cell shows of the calls in its time: the most telling of what happened, however many calls there were.
    enum Calls: Int, Comparable {
        case none
        /// Calls were made at some time in this cell or in those before it; the first of these counts them.
        case counted
        case success
        case probeSuccess
        case probeFailure
        case rejection
        case failure

        static func < (first: Calls, second: Calls) -> Bool { first.rawValue < second.rawValue }
    }

    /// A time in which the breaker was not closed, as columns.
    struct Band: Equatable {
        var state: BreakerStatus.State
        var columns: ClosedRange<Int>
        /// Whether its first moment is on the row.
        var startsHere: Bool
        /// Whether its last moment is on the row, that is, whether it has ended.
        var endsHere: Bool
        var wait: Duration?
    }

    /// What each cell shows.
    private(set) var calls: [Calls]
    /// How many calls there were of the kind that the cell shows, each counted in one cell only; where a second has several
    /// cells, each of them shows all of it.
    private(set) var amounts: [Int]
    private(set) var bands: [Band]
    /// The columns in whose whole time nothing is known.
    private(set) var gaps: [ClosedRange<Int>]

    init(_ lane: Timeline.Lane, gaps: [Timeline.Gap] = [], scale: TimelineScale) {
        calls = Array(repeating: .none, count: scale.count)
        amounts = Array(repeating: 0, count: scale.count)
        bands = lane.bands.flatMap { Band.all(of: $0, scale: scale) }
        self.gaps = gaps.compactMap { scale.columnsWithin($0) }
        for second in lane.seconds.reversed() {
            // A second can begin in a cell before the one that holds now, never after it, unless the clock was set back.
            if scale.column(ofSecond: second.second + 1) < 0 { break }
            for column in scale.columns(fromSecond: second.second, toSecond: second.second + 1) {
                show(second, in: column)
            }
        }
        for period in lane.earlier.reversed() {
            if scale.column(ofSecond: period.end) < 0 { break }
            showOnce(period.sum, in: scale.columns(fromSecond: period.sum.second, toSecond: period.end))
        }
    }

    private mutating func show(_ sum: Timeline.Second, in column: Int) {
        let (kind, amount) = Calls.mostTelling(of: sum)
        guard kind >= calls[column] else { return }
        amounts[column] = (kind == calls[column] ? amounts[column] : 0) + amount
        calls[column] = kind
    }

    /// Shows calls of a time in its first cell; the rest of it is marked as theirs.
    private mutating func showOnce(_ sum: Timeline.Second, in columns: Range<Int>) {
        guard let first = columns.first else { return }
        show(sum, in: first)
        guard calls[first] != .none else { return }
        for column in columns.dropFirst() where calls[column] == .none { calls[column] = .counted }
    }
}

extension LaneCells.Calls {
    /// The most telling of what happened, and how often it did.
    static func mostTelling(of sum: Timeline.Second) -> (kind: Self, amount: Int) {
        if sum.failures > 0 { return (.failure, Int(sum.failures)) }
        if sum.rejections > 0 { return (.rejection, Int(sum.rejections)) }
        if sum.probeFailures > 0 { return (.probeFailure, Int(sum.probeFailures)) }
        if sum.probeSuccesses > 0 { return (.probeSuccess, Int(sum.probeSuccesses)) }
        return sum.successes > 0 ? (.success, Int(sum.successes)) : (.none, 0)
    }
}

extension LaneCells.Band {
    /// What a row shows of a band: one, two where the wait of an open breaker is over, or none.
    static func all(of band: Timeline.Band, scale: TimelineScale) -> [Self] {
        band.withHalfOpen(until: scale.date(ofColumn: scale.count)).compactMap { Self($0, scale: scale) }
    }

    private init?(_ band: Timeline.Band, scale: TimelineScale) {
        let first = scale.column(of: band.from)
        let last = band.to.map(scale.column(of:)) ?? scale.count - 1
        guard last >= 0, first < scale.count, first <= last else { return nil }
        self.init(
            state: band.state,
            columns: max(0, first)...min(scale.count - 1, last),
            startsHere: first >= 0,
            endsHere: band.to != nil && last < scale.count,
            wait: band.wait
        )
    }
}

extension TimelineScale {
    /// The columns that are as a whole within a time of which nothing is known.
    func columnsWithin(_ gap: Timeline.Gap) -> ClosedRange<Int>? {
        let (from, to) = (column(of: gap.from), column(of: gap.to))
        let first = from < 0 ? 0 : from == .max ? from : from + 1
        let last = to >= count ? count - 1 : to == .min ? to : to - 1
        return first <= last ? first...last : nil
    }
}
