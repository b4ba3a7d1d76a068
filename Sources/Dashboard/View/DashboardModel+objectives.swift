import EventService
import TextUI

extension DashboardModel {
    func layout(of size: Size) -> Layout {
        let objectives = service?.objectives ?? []
        return Layout(
            size: size,
            focus: focus,
            isZoomed: isZoomed,
            objectives: .init(routes: Set(objectives.map(\.route)).count, all: objectives.count)
        )
    }

    /// Draws a line for each route, or the one that matters most.
    func drawObjectives(on grid: inout Grid, _ layout: Layout, _ context: ViewContext) {
        guard let area = layout.objectives else { return }
        objectivesView(shownObjectives(rows: area.rows)).draw(on: &grid, in: area, context: context)
        // As they were when there was a connection last.
        if lostSince != nil { grid.restyle(area) { _ in Style(.dim) } }
    }

    /// The route of the line at a place of the screen.
    func objectiveRoute(at point: Point, _ layout: Layout) -> UpstreamRoute? {
        guard let area = layout.objectives, area.contains(point) else { return nil }
        return shownObjectives(rows: area.rows).dropFirst(point.row - area.row).first?.route
    }

    private func shownObjectives(rows: Int) -> [ObjectiveStatus] {
        let byRoute = (service?.objectives ?? []).worstByRoute
        return rows < byRoute.count ? mostWanted(byRoute).map { [$0] } ?? [] : byRoute
    }

    /// Draws every objective, below the details of a breaker.
    func drawObjectiveList(on grid: inout Grid, _ layout: Layout, _ context: ViewContext) {
        guard let area = layout.objectiveList, let objectives = service?.objectives else { return }
        objectivesView(objectives).draw(on: &grid, in: area.inset(columns: 1), context: context)
    }

    func objectivesView(_ objectives: [ObjectiveStatus]) -> ObjectivesView {
        ObjectivesView(objectives: objectives, marked: shownAlarms.burning)
    }

    /// The worst if it alerts, else the one of the breaker that is looked at, and otherwise the worst.
    private func mostWanted(_ byRoute: [ObjectiveStatus]) -> ObjectiveStatus? {
        let worst = byRoute.worst
        guard focus == .breakers, isZoomed, worst?.alert == BurnAlert.none else { return worst }
        return byRoute.first { $0.route == selectedRoute } ?? worst
    }
}
