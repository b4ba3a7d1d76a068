import EventService
import Testing
import TextUI

@testable import Dashboard

/// Everything about one breaker where there is little room.
@Suite
struct BreakerDetailTests {
    @Test("What has no room is said in fewer words, and not cut", arguments: [Terminal.Kind.unicode, .ascii])
    func narrow(kind: Terminal.Kind) throws {
        var session = Session.loaded(
            Size(columns: 40, rows: 12),
            settings: settings(isASCII: kind == .ascii),
            snapshot: .withOpenBreaker()
        )
        session.press(.tab, .tab, .character("z"))
        let lines = session.lines.filter { $0.contains(" state ") || $0.contains(" calls ") }
        let inside = lines.map { $0.dropFirst(2).dropLast().split(separator: " ") }
        let glyphs = kind == .ascii ? Glyphs.ascii : .unicode
        #expect(
            inside == [
                ["state", Substring(glyphs.open.string), "OPEN", "since", "12:30:52"],
                [
                    "calls", Substring(glyphs.success.string), "12", Substring(glyphs.failure.string), "7",
                    Substring(glyphs.rejected.string), "41",
                ],
            ]
        )
    }
}
