import EventService
import Foundation

extension DashboardModel {
    mutating func perform(_ action: Action.PopupAction, now: Date) -> [Effect] {
        switch action {
        case .close: popup = nil
        case .no: answerNo()
        case .choose: return choose(now: now)
        case .yes: return answerYes(now: now)
        case .toggleAnswer:
            if case .question(let question, let isYes) = popup { popup = .question(question, isYesSelected: !isYes) }
        case .confirm:
            if case .question(_, isYesSelected: true) = popup { return answerYes(now: now) }
            answerNo()
        }
        return []
    }

    private mutating func choose(now: Date) -> [Effect] {
        switch popup {
        case .commands: return runCommand(now: now)
        case .export: return export()
        case .themes: chooseTheme()
        case .form, .help, .scenarios, .question, nil: return chooseScenario()
        }
        return []
    }

    private mutating func answerNo() {
        guard case .question(.replace(_, let prompt), _) = popup else { return popup = nil }
        popup = .export(prompt)
    }

    private mutating func answerYes(now: Date) -> [Effect] {
        guard case .question(let question, _) = popup else { return [] }
        popup = nil
        switch question {
        case .quitWhileSending: return quitUnlessLosing(now: now)
        case .quitLosing: return finish()
        case .discard(let id, let name): return decide(.discard, id: id, name: name)
        case .change(let route, let change): return [.changeBreaker(route, change)]
        case .replace(let export, let prompt): return write(export, for: prompt, isReplacing: true)
        }
    }
}
