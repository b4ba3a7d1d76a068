import EventService
import TextUI

/// Where everything stands on a screen of some size.
struct Layout: Equatable, Sendable {
    /// How the panes are arranged.
    enum Arrangement: Equatable, Sendable {
        /// Nothing but the size that is needed.
        case tooSmall
        /// One pane at a time.
        case single
        /// Users beside events, breakers in one line, the timeline.
        case narrow
        /// Users beside events, breakers beside the details of one, the timeline.
        case wide
    }

    static let minimum = Size(columns: 40, rows: 10)
    static let narrow = Size(columns: 80, rows: 20)
    static let wide = Size(columns: 110, rows: 30)

    /// How many objectives there are to show.
    struct Objectives: Equatable, Sendable {
        var routes = 0
        var all = 0
    }

    /// The height from which each route's objective has a line of its own, and the one from which the worst has.
    private static let rowsForObjectives = (each: 36, worst: 12)
    /// What the details of a breaker need.
    private static let detailRows = 7

    /// Breakers, with their borders.
    private static let wideBreakerRows = 8
    /// The lanes, the axis, the borders.
    private static let laneRows = UpstreamRoute.allCases.count + 1

    let arrangement: Arrangement
    let screen: Rect
    /// The line at the top.
    let header: Rect
    /// The lines below it, for each route or the worst one alone; `nil` where there is none.
    let objectives: Rect?
    /// All objectives, in the pane of breakers; `nil` where there is no room.
    let objectiveList: Rect?
    /// Everything between these lines and the last one.
    let body: Rect
    /// The line at the bottom.
    let footer: Rect
    /// The panes that are shown, borders included; neighbours share a border.
    let panes: [Pane: Rect]
    /// The details of the selected breaker, its border included where it has one of its own.
    let detail: Rect?

    init(size: Size, focus: Pane, isZoomed: Bool, objectives: Objectives = Objectives()) {
        screen = Rect(size)
        header = screen.line(0)
        footer = screen.line(size.rows - 1)
        let largest = Self.largest(in: size)
        let isZoomed = isZoomed || focus.standsAlone
        let rows = Self.objectiveRows(objectives, size: size, isWide: largest == .wide && !isZoomed)
        body = Rect(column: 0, row: 1 + rows, columns: size.columns, rows: size.rows - 2 - rows)
        self.objectives = rows > 0 ? Rect(column: 0, row: 1, columns: size.columns, rows: rows) : nil
        let wholeDetail: Rect?
        switch largest {
        case .tooSmall:
            (arrangement, panes, wholeDetail) = (.tooSmall, [:], nil)
        case .wide where !isZoomed:
            (arrangement, (panes, wholeDetail)) = (.wide, Self.wide(body))
        case .narrow where !isZoomed:
            (arrangement, panes, wholeDetail) = (.narrow, Self.narrow(body), nil)
        case .single, .narrow, .wide:
            arrangement = .single
            panes = [focus: body]
            let showsDetailAlone = largest == .single && isZoomed
            wholeDetail = focus == .breakers ? BreakersView.detail(in: Box.inside(body), alone: showsDetailAlone) : nil
        }
        (detail, objectiveList) = Self.split(wholeDetail, for: arrangement == .single ? objectives.all : 0)
        isAlone = largest == .single && isZoomed
    }

    /// Whether a small screen shows the details of the pane in place of the pane.
    let isAlone: Bool

    /// The parts of the timeline's pane.
    var timeline: TimelineView.Parts? {
        panes[.timeline].map { pane in
            TimelineView.Parts(Box.inside(pane), entriesAlone: isAlone, withReading: arrangement == .single)
        }
    }

    /// The area of a pane without its border.
    func inside(_ pane: Pane) -> Rect {
        panes[pane].map(Box.inside) ?? .zero
    }

    /// The pane at a place of the screen.
    func pane(at point: Point) -> Pane? {
        Pane.allCases.last { panes[$0]?.contains(point) ?? false }
            ?? (detail?.contains(point) == true ? .breakers : nil)
    }

    private static func largest(in size: Size) -> Arrangement {
        if size.holds(wide) { return .wide }
        if size.holds(narrow) { return .narrow }
        return size.holds(minimum) ? .single : .tooSmall
    }

    /// Leaves the last lines of the details of a breaker to a list of so many objectives, where that leaves what they need.
    private static func split(_ detail: Rect?, for objectives: Int) -> (detail: Rect?, list: Rect?) {
        guard objectives > 0, let detail, detail.rows >= detailRows + objectives else { return (detail, nil) }
        let rows = detail.splitRows([.rest, .fixed(objectives)])
        return (rows[0], rows[1])
    }

    private static func objectiveRows(_ objectives: Objectives, size: Size, isWide: Bool) -> Int {
        guard objectives.routes > 0, size.holds(minimum), size.rows >= rowsForObjectives.worst else { return 0 }
        return isWide && size.rows >= rowsForObjectives.each ? objectives.routes : 1
    }

    private static func wide(_ body: Rect) -> ([Pane: Rect], Rect?) {
        let entries = min(8, max(1, (body.rows - 28) / 2 + 1))
        let rows = body.splitRows(
            [.rest, .fixed(wideBreakerRows), .fixed(laneRows + entries + 2)],
            overlap: 1
        )
        let left = Length.fixed(min(44, max(30, body.columns * 27 / 100)))
        let top = rows[0].splitColumns([left, .rest])
        let middle = rows[1].splitColumns([left, .rest])
        return ([.users: top[0], .events: top[1], .breakers: middle[0], .timeline: rows[2]], middle[1])
    }

    private static func narrow(_ body: Rect) -> [Pane: Rect] {
        let entries = min(6, max(0, (body.rows - 19) / 3))
        let rows = body.splitRows([.rest, .fixed(3), .fixed(laneRows + entries + 2)], overlap: 1)
        let left = Length.fixed(min(36, max(26, body.columns * 35 / 100)))
        let top = rows[0].splitColumns([left, .rest])
        return [.users: top[0], .events: top[1], .breakers: rows[1], .timeline: rows[2]]
    }
}
