import EventService
import Foundation
import Testing
import TextUI

@testable import Dashboard

/// The line at the top.
@Suite
struct HeaderTests {
    private func health(_ change: (inout ServiceSnapshot) -> Void) -> String {
        var snapshot = Sample.snapshot()
        change(&snapshot)
        return HeaderView(service: snapshot, isReadOnly: false).health(glyphs: .unicode).text
    }

    @Test("The overall state is told in words")
    func tellsHealth() {
        #expect(HeaderView(service: nil, isReadOnly: false).health(glyphs: .unicode).text == "starting")
        #expect(health { $0.phase = .starting } == "starting")
        #expect(health { $0.phase = .draining } == "stopping")
        #expect(health { _ in } == "all breakers closed")
        #expect(health { $0.change(.addEvent) { $0.state = .open } } == "1 breaker open")
        #expect(health { $0.change(.addEvent) { $0.state = .halfOpen } } == "1 breaker half-open")
        #expect(health { $0.change(.addEvent) { $0.state = .disabled } } == "1 breaker disabled")
        #expect(
            health {
                $0.change(.addEvent) { $0.state = .forcedOpen }
                $0.change(.getUsers) { $0.state = .open }
                $0.change(.getEvents) { $0.state = .halfOpen }
            } == "2 breakers open, 1 half-open"
        )
        #expect(
            health {
                $0.change(.addEvent) { $0.state = .halfOpen }
                $0.change(.getUsers) { $0.state = .disabled }
                $0.change(.getEvents) { $0.state = .disabled }
            } == "1 breaker half-open, 2 disabled"
        )
    }

    @Test("A breaker that is disabled protects nobody, and the title and the smallest screen say so")
    func tellsDisabled() {
        var snapshot = Sample.snapshot()
        snapshot.change(.addEvent) { $0.state = .disabled }
        let session = Session.loaded(Size(columns: 40, rows: 12), snapshot: snapshot)
        #expect(session.frame.title?.string == "evenkeel: 1 breaker disabled")
        #expect(session.lines[0].hasSuffix("○ 1 breaker disabled"))
        snapshot.outbox = .init(status: OutboxStatus(waiting: 3, refused: 2))
        let full = Session.loaded(Size(columns: 40, rows: 12), snapshot: snapshot)
        #expect(full.lines[0].hasSuffix("outbox 3, 2 refused   ○ 1 disabled"))
    }

    @Test("The window's title tells the state as well")
    func titles() {
        #expect(Session.loaded().frame.title?.string == "evenkeel: all breakers closed")
    }

    @Test("Without the simulator the upstream's address is shown")
    func showsAddress() {
        var snapshot = Sample.snapshot()
        snapshot.upstream = .init(url: "https://events.example.org", scenario: nil)
        #expect(Session.loaded(snapshot: snapshot).lines[0].contains("upstream https://events.example.org   API"))
    }

    private func outbox(_ status: OutboxStatus, columns: Int = 120, failure: String? = nil) -> String {
        var snapshot = Sample.snapshot()
        snapshot.outbox = .init(status: status, failure: failure)
        return Session.loaded(Size(columns: columns, rows: 24), snapshot: snapshot).lines[0]
    }

    @Test("Nothing is said of an outbox that is empty or has but delivered events")
    func calmOutbox() {
        let calm = Session.loaded().lines[0]
        #expect(outbox(OutboxStatus()) == calm)
        #expect(outbox(OutboxStatus(delivered: 7)) == calm)
    }

    @Test("What waits in the outbox, what was refused, and a store that fails")
    func tellsOutbox() {
        let state = "   ● all breakers closed"
        #expect(outbox(OutboxStatus(waiting: 2, delivering: 1)).hasSuffix(" outbox 3" + state))
        #expect(outbox(OutboxStatus(waiting: 3, refused: 2)).hasSuffix(" outbox 3, 2 refused" + state))
        #expect(outbox(OutboxStatus(refused: 2)).hasSuffix(" outbox 2 refused" + state))
        #expect(outbox(OutboxStatus(waiting: 3), failure: "disk full").hasSuffix(" outbox can't be used" + state))
    }

    @Test("On a narrow screen the outbox is told rather than the address, long words for the state and the name")
    func shrinksOutbox() {
        let status = OutboxStatus(waiting: 3, refused: 2)
        #expect(outbox(status, columns: 80).hasPrefix(" evenkeel   simulator (overload)"))
        #expect(outbox(status, columns: 48).hasPrefix(" evenkeel "))
        #expect(outbox(status, columns: 48).hasSuffix(" outbox 3, 2 refused   ● all closed"))
        #expect(outbox(status, columns: 40) == "     outbox 3, 2 refused   ● all closed")
        for columns in 40...120 {
            #expect(outbox(status, columns: columns).contains("outbox 3, 2 refused   ● all "))
        }
        #expect(outbox(OutboxStatus(waiting: 3), columns: 40) == " evenkeel       outbox 3   ● all closed")
    }

    @Test("What waits is told beside whatever happens to the breakers", arguments: 1...4)
    func tellsWaitingBeside(open: Int) {
        var snapshot = Sample.snapshot()
        snapshot.outbox = .init(status: OutboxStatus(waiting: 12, refused: 3))
        for route in UpstreamRoute.allCases.prefix(open) { snapshot.change(route) { $0.state = .open } }
        let size = Size(columns: 40, rows: 12)
        #expect(Session.loaded(size, snapshot: snapshot).lines[0].contains("outbox 12, 3 refused   ▲ \(open) "))
        snapshot.breakers[snapshot.breakers.count - 1].state = .halfOpen
        #expect(Session.loaded(size, snapshot: snapshot).lines[0].contains("outbox 12, 3 refused   ▲ \(open) "))
    }

    @Test("Numbers that don't fit leave what somebody has to decide about, and the state")
    func shrinksLargeNumbers() {
        let line = outbox(OutboxStatus(waiting: 1_000_000, refused: 200_000), columns: 40)
        #expect(line.hasSuffix(" 200000 refused   ● all closed"))
    }

    @Test("What does not fit is left out, the state never")
    func shrinks() {
        for columns in 40...120 {
            #expect(Session.loaded(Size(columns: columns, rows: 24)).lines[0].hasSuffix("● all breakers closed"))
        }
    }
}

/// What is said about a breaker.
@Suite
struct BreakerWordsTests {
    private func outlook(_ change: (inout BreakerStatus) -> Void) -> String {
        var breaker = Sample.breaker(.addEvent, since: start)
        change(&breaker)
        return breaker.outlook(at: start, time: TimeText(timeZone: .gmt))
    }

    @Test("One sentence says what happens next")
    func outlooks() {
        #expect(outlook { _ in } == "Calls pass; 3 failures within 30 s open the breaker.")
        #expect(outlook { $0.failures = [start] } == "Calls pass; 2 more failures open the breaker.")
        #expect(outlook { $0.failures = [start, start] } == "Calls pass; 1 more failure opens the breaker.")
        #expect(
            outlook { ($0.state, $0.probeAt, $0.openings) = (.open, start.after(9), 1) }
                == "The next call after 12:31:14 is the probe; if it fails, wait 20 s."
        )
        #expect(
            outlook { ($0.state, $0.probeAt, $0.openings) = (.open, start, 9) }
                == "The next call is the probe; if it fails, wait 60 s."
        )
        #expect(
            outlook { ($0.state, $0.openings, $0.probesUnderWay) = (.halfOpen, 2, 1) }
                == "A probe is under way: success closes the breaker; if it fails, wait 40 s."
        )
    }

    @Test("A failure counts for exactly the window")
    func countsWindow() {
        var breaker = Sample.breaker(.addEvent, since: start)
        breaker.failures = [start.after(-30), start.after(-29.999), start]
        #expect(breaker.failuresInWindow(at: start) == 2)
    }
}
