import Foundation

extension DashboardModel {
    mutating func perform(_ action: Action.PopupAction, now: Date) -> [Effect] {
        switch action {
        case .close, .no: popup = nil
        case .choose: return chooseScenario()
        case .yes: return finish()
        case .toggleAnswer:
            if case .quitQuestion(let isYes) = popup { popup = .quitQuestion(isYesSelected: !isYes) }
        case .confirm:
            if case .quitQuestion(true) = popup { return finish() }
            popup = nil
        }
        return []
    }
}
