import Foundation
import Testing
import TextUI

@testable import Dashboard

/// The menu of colours.
@Suite
struct ThemesTests {
    private func session() -> Session {
        var settings = settings()
        settings.themes = ["standard", "dark", "light"]
        var session = Session.loaded(settings: settings)
        session.model.theme = "dark"
        return session
    }

    @Test("t tries each theme that the cursor comes to; Enter keeps it, Esc goes back")
    func tries() {
        var session = session()
        session.press(.character("t"))
        #expect(session.model.popup == .themes(selected: 1))
        session.press(.down, .down)
        #expect(session.frame.theme == "light")
        var refusing = session
        refusing.press(.escape)
        #expect(refusing.frame.theme == "dark")
        session.press(.enter)
        #expect(session.model.popup == nil)
        #expect(session.frame.theme == "light")
        #expect(session.takeEffects() == [])
    }

    @Test("A press tries a theme, a press on the same one keeps it")
    func presses() throws {
        var session = session()
        session.press(.character("t"))
        let row = try #require(session.lines.firstIndex { $0.contains("standard") })
        let press = MouseEvent(.press(.left), at: Point(column: 50, row: row))
        session.send(.terminal(.mouse(press)))
        #expect(session.model.theme == "dark")
        #expect(session.frame.theme == "standard")
        session.send(.terminal(.mouse(press)))
        #expect(session.model.theme == "standard")
    }

    @Test("Without themes there is no menu")
    func refuses() {
        var session = Session.loaded()
        session.press(.character("t"))
        #expect(session.model.popup == nil)
        #expect(session.model.notice != nil)
    }
}
