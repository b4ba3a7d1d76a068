import EventService
import Foundation
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

    @Test("When the wait is over the breaker is half-open, as the service says to whoever asks")
    func due() throws {
        var session = Session.loaded(snapshot: .withOpenBreaker())
        #expect(session.lines[0].contains("1 breaker open"))
        let probeAt = try #require(session.model.service?.breaker(of: .addEvent)?.probeAt)
        session.pass(probeAt.timeIntervalSince(session.now))
        let breaker = try #require(session.model.service?.breaker(of: .addEvent))
        #expect(breaker.state == .halfOpen && breaker.since == probeAt && breaker.failures.isEmpty)
        #expect(session.lines[0].contains("1 breaker half-open"))
        #expect(session.screen.contains("The next call is the probe; if it fails, wait 40 s."))
    }

    @Test("A breaker that an operator has forced open waits for no probe")
    func forcedOpen() {
        var snapshot = ServiceSnapshot.withOpenBreaker()
        for index in snapshot.breakers.indices { snapshot.breakers[index].state = .forcedOpen }
        let session = Session.loaded(snapshot: snapshot)
        #expect(session.screen.contains("none until it is automatic again"))
        #expect(!session.screen.contains("wait 2 of"))
    }

    @Test("What was said goes with the next key or when a breaker opens, what went wrong stays to be read")
    func notices() {
        for kind in [Notice.Kind.information, .success, .problem] {
            var session = Session.loaded()
            session.model.tell("said", kind, now: session.now)
            session.press(.down)
            #expect((session.model.notice == nil) == (kind != .problem))
            session.model.tell("said", kind, now: session.now)
            session.send(.snapshot(.withOpenBreaker(at: session.now)))
            #expect((session.model.notice == nil) == (kind != .problem))
        }
    }
}
