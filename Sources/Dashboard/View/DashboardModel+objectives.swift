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
        guard let area = layout.objectives, let objectives = service?.objectives else { return }
        let byRoute = objectives.worstByRoute
        let shown = area.rows < byRoute.count ? mostWanted(byRoute).map { [$0] } ?? [] : byRoute
        objectivesView(shown).draw(on: &grid, in: area, context: context)
    }

    /// Draws every objective, below the details of a breaker.
    func drawObjectiveList(on grid: inout Grid, _ layout: Layout, _ context: ViewContext) {
        guard let area = layout.objectiveList, let objectives = service?.objectives else { return }
        objectivesView(objectives).draw(on: &grid, in: area.inset(columns: 1), context: context)
    }

    func objectivesView(_ objectives: [ObjectiveStatus]) -> ObjectivesView {
        ObjectivesView(objectives: objectives, marked: shownAlarms.burning)
    }

    /// The one of the breaker that is looked at, and otherwise the worst.
    private func mostWanted(_ byRoute: [ObjectiveStatus]) -> ObjectiveStatus? {
        let selected = byRoute.first { $0.route == selectedRoute }
        return (focus == .breakers && isZoomed ? selected : nil) ?? byRoute.worst
    }
}
