import EventService
import TextUI

extension DashboardModel {
    /// Draws what lies over the panes.
    /// - Returns: Where the cursor stands.
    func drawPopup(on grid: inout Grid, in body: Rect, _ context: ViewContext) -> Point? {
        switch popup {
        case .form: return formView.draw(on: &grid, in: body, context: context)
        case .help(let scroll): help(in: body).draw(on: &grid, scroll: scroll)
        case .scenarios(let selected):
            scenariosView(selected: selected).draw(on: &grid, in: body, context: context)
        case .themes(let selected):
            themesView(selected: selected).draw(on: &grid, in: body, context: context)
        case .commands(let search):
            return commandsView(search).draw(on: &grid, in: body, context: context)
        case .export(let prompt):
            return ExportView(prompt: prompt, count: count(of: prompt.source)).draw(
                on: &grid,
                in: body,
                context: context
            )
        case .question(let question, let isYes):
            QuestionView(question: question, isYesSelected: isYes).draw(on: &grid, in: body, context: context)
        case nil: break
        }
        return nil
    }

    func commandsView(_ search: CommandSearch) -> CommandsView {
        CommandsView(search: search, commands: commands(for: search))
    }

    var formView: FormView {
        FormView(
            form: form,
            breaker: latestService?.breaker(of: .addEvent),
            userBreaker: latestService?.breaker(of: .getUserById),
            hasOutbox: latestService?.outbox != nil
        )
    }

    func help(in body: Rect) -> HelpView {
        HelpView(body: body, glyphs: settings.isASCII ? .ascii : .unicode, version: settings.version)
    }

    func scenariosView(selected: Int) -> MenuView {
        MenuView(
            title: "Simulator scenario",
            items: (settings.scenarios ?? []).map { .init(name: $0.name, summary: $0.summary) },
            current: latestService?.upstream.scenario,
            selected: selected
        )
    }
}
