import Foundation
import TextUI

extension DashboardModel {
    /// The theme to draw with: in the menu the one that the cursor is on.
    var shownTheme: String? {
        guard case .themes(let selected) = popup, settings.themes.indices.contains(selected) else { return theme }
        return settings.themes[selected]
    }

    mutating func openThemes(now: Date) {
        guard !settings.themes.isEmpty else {
            tell("There are no colours to choose from here.", now: now)
            return
        }
        popup = .themes(selected: settings.themes.firstIndex { $0 == theme } ?? 0)
    }

    mutating func chooseTheme() {
        guard case .themes = popup else { return }
        theme = shownTheme
        popup = nil
    }

    /// A press selects; a press on what is selected chooses.
    mutating func pressInThemes(at point: Point, selected: Int) {
        guard let index = themesView(selected: selected).item(at: point, in: layout.body) else { return }
        if index == selected { return chooseTheme() }
        popup = .themes(selected: index)
    }

    func themesView(selected: Int) -> MenuView {
        MenuView(
            title: "Colours",
            items: settings.themes.map { .init(name: $0, summary: "") },
            current: theme,
            selected: selected
        )
    }
}
