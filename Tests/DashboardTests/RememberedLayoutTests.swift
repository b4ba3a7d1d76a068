import Foundation
import Testing
import TextUI

@testable import Dashboard

/// What is the same when the dashboard is opened again.
@Suite
struct RememberedLayoutTests {
    private func opened(
        _ remembered: RememberedLayout,
        isMouseOn: Bool = true,
        theme: String = "standard"
    ) -> DashboardModel {
        DashboardModel(
            settings: settings(),
            size: Size(columns: 120, rows: 36),
            isMouseOn: isMouseOn,
            theme: theme,
            remembered: remembered
        )
    }

    @Test("What somebody changes is remembered, and there when it is opened again")
    func remembers() throws {
        var session = Session.loaded()
        session.model = opened(RememberedLayout())
        session.send(.started(session.model.size))
        session.press(.character("s"), .character("S"), .tab, .character("s"), .character("+"), .character("m"))
        let layout = session.model.layoutToRemember
        #expect(layout.users == .init(by: "name", isReversed: true))
        #expect(layout.events == .init(by: "when", isReversed: false))
        #expect(layout.mouse == false)
        #expect(layout.theme == nil)
        let data = try JSONEncoder().encode(layout)
        let again = opened(try JSONDecoder().decode(RememberedLayout.self, from: data), isMouseOn: false)
        #expect(again.users.table.order == .name)
        #expect(again.users.table.isReversed)
        #expect(again.events.table.order == .when)
        #expect(again.timeline.span == session.model.timeline.span)
        #expect(again.layoutToRemember == layout)
    }

    @Test("What a flag says of the mouse and the theme is for one time")
    func flags() {
        var remembered = RememberedLayout()
        remembered.mouse = true
        remembered.theme = "dark"
        let model = opened(remembered, isMouseOn: false, theme: "light")
        #expect(model.layoutToRemember.mouse == true)
        #expect(model.layoutToRemember.theme == "dark")
    }

    @Test("A theme that was chosen is remembered, one that is only tried is not")
    func theme() {
        var settings = settings()
        settings.themes = ["standard", "dark"]
        var session = Session.loaded(settings: settings)
        session.press(.character("t"), .down)
        #expect(session.model.layoutToRemember.theme == nil)
        session.press(.enter)
        #expect(session.model.layoutToRemember.theme == "dark")
    }

    @Test("What there is no more is left as it is by default")
    func unknown() {
        var remembered = RememberedLayout()
        remembered.users = .init(by: "age", isReversed: true)
        remembered.timelineSeconds = 7
        let model = opened(remembered)
        #expect(model.layoutToRemember == opened(RememberedLayout()).layoutToRemember)
    }
}
