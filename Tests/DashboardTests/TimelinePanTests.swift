import EventService
import Foundation
import Testing
import TextUI

@testable import Dashboard

/// Another time than the last minutes, and the cursor that goes there.
@Suite
struct TimelinePanTests {
    private let quiet = settings(refresh: .zero)

    private func entry(_ id: UInt64, secondsAgo: Double, _ kind: Timeline.Entry.Kind? = nil) -> Timeline.Entry {
        let failure = Timeline.Entry.Kind.failure(message: "503", duration: .seconds(1), isProbe: false)
        return Timeline.Entry(id: id, at: start.after(-secondsAgo), route: .getUsers, kind: kind ?? failure)
    }

    private static let opening = Timeline.Entry.Kind.transition(from: .closed, to: .open, reason: "failures")

    private func session(_ entries: [Timeline.Entry]) -> Session {
        var snapshot = Sample.snapshot()
        snapshot.timeline.entries = entries
        var session = Session.loaded(settings: quiet, snapshot: snapshot)
        session.press(.backTab)
        session.effects = []
        return session
    }

    @Test("Half of the time that is shown is gone through at a time, and not beyond a day nor now")
    func pans() {
        var session = session([])
        session.press(.character("<"))
        #expect(session.model.timeline.end == start.after(-60))
        session.press(.character("<"), .character(","))
        #expect(session.model.timeline.end == start.after(-180))
        #expect(session.screen.contains("12:26:05 to 12:28:05"))
        #expect(session.model.nextWakeUp(now: session.now) == nil, "what is past doesn't move")
        session.press(.character(">"))
        #expect(session.model.timeline.end == start.after(-120))
        session.press(.character("."), .character(">"))
        #expect(session.model.timeline.end == nil)
        for _ in 0..<3000 { session.press(.character("<")) }
        #expect(session.model.timeline.end == start.after(120 - 86_400))
        session.press(.character("0"))
        #expect(session.model.timeline.end == nil)
        session.press(.character("<"), .escape)
        #expect(session.model.timeline.end == nil && !session.model.isZoomed)
    }

    @Test("All of the last day can be shown at once, and then there is nowhere to go")
    func zooms() {
        var session = session([])
        for _ in 0..<20 { session.press(.character("-")) }
        #expect(session.model.timeline.span == .seconds(86_400))
        session.press(.character("<"))
        #expect(session.model.timeline.end == nil)
        for _ in 0..<20 { session.press(.character("+")) }
        #expect(session.model.timeline.span == .seconds(30))
    }

    @Test("The time that is shown follows the cursor, and comes back with it")
    func followsCursor() {
        var session = session([entry(1, secondsAgo: 5000), entry(2, secondsAgo: 4990), entry(3, secondsAgo: 3)])
        session.press(.down)
        #expect(session.model.timeline.end == start.after(60 - 4990))
        session.press(.down)
        #expect(session.model.timeline.end == start.after(60 - 4990), "the next one is in sight already")
        session.press(.character("g"))
        #expect(session.model.timeline.end == nil)
    }

    @Test("The cursor jumps from one change of state to the next, and says where there is none")
    func jumps() {
        let entries = [
            entry(0, secondsAgo: 100, Self.opening), entry(1, secondsAgo: 90), entry(2, secondsAgo: 80, .stopped),
            entry(3, secondsAgo: 70), entry(4, secondsAgo: 60),
        ]
        var session = session(entries)
        session.press(.character("["))
        #expect(session.model.timeline.selected?.id == 2)
        session.press(.character("["))
        #expect(session.model.timeline.selected?.id == 0)
        session.press(.character("]"))
        #expect(session.model.timeline.selected?.id == 2)
        session.press(.character("]"))
        #expect(session.model.timeline.selected?.id == 2)
        #expect(session.model.notice?.message == "There is no later change of state.")
    }

    /// A full page of entries, oldest first, has others before it.
    private func page(_ entries: [Timeline.Entry]) -> TimelinePage {
        TimelinePage(entries.reversed(), next: entries.count < TimelineState.page ? nil : entries.first?.id)
    }

    @Test("Reading goes on behind entries that were left out, also where a page has no others")
    func readsBehindUnknown() throws {
        var session = session((1000..<1200).map { entry($0, secondsAgo: Double(1200 - $0)) })
        session.press(.character("["))
        let first = try #require(session.model.timeline.load)
        _ = session.takeEffects()
        session.send(.timelineLoaded(load: first, .success(TimelinePage([entry(999, secondsAgo: 300)], next: 800))))
        let second = try #require(session.model.timeline.load)
        #expect(session.takeEffects() == [.loadTimeline(load: second, before: 800, limit: 200)])
        session.send(.timelineLoaded(load: second, .success(TimelinePage(next: 600))))
        let third = try #require(session.model.timeline.load)
        #expect(session.takeEffects() == [.loadTimeline(load: third, before: 600, limit: 200)])
        session.send(.timelineLoaded(load: third, .success(page([entry(599, secondsAgo: 400, Self.opening)]))))
        #expect(session.model.timeline.selected?.id == 599)
        #expect(session.takeEffects().isEmpty)
    }

    @Test("An earlier change of state is looked for in the history, page by page, until there is none")
    func seeksInHistory() throws {
        var session = session((1000..<1200).map { entry($0, secondsAgo: Double(1200 - $0)) })
        session.press(.character("["))
        let first = try #require(session.model.timeline.load)
        #expect(session.takeEffects() == [.loadTimeline(load: first, before: 1000, limit: 200)])
        session.send(.timelineLoaded(load: first, .success(page((800..<1000).map { entry($0, secondsAgo: 500) }))))
        let second = try #require(session.model.timeline.load)
        #expect(session.takeEffects() == [.loadTimeline(load: second, before: 800, limit: 200)])
        let older = (600..<800).map { entry($0, secondsAgo: 600, $0 == 700 ? Self.opening : nil) }
        session.send(.timelineLoaded(load: second, .success(page(older))))
        #expect(session.model.timeline.selected?.id == 700)
        #expect(session.takeEffects().isEmpty)
        session.press(.character("["))
        let third = try #require(session.model.timeline.load)
        session.send(.timelineLoaded(load: third, .success(page([]))))
        #expect(session.model.notice?.message == "There is no earlier change of state.")
        #expect(session.model.timeline.selected?.id == 700)
    }

    private func news(_ ids: Range<UInt64>) -> Message {
        var snapshot = Sample.snapshot()
        snapshot.timeline.entries = ids.map { entry($0, secondsAgo: 0) }
        return .snapshot(snapshot)
    }

    @Test("What happens while it is looked for neither ends that nor leaves a hole")
    func seeksWhileMoreHappens() throws {
        var session = session((1000..<1200).map { entry($0, secondsAgo: Double(1200 - $0)) })
        session.press(.character("["))
        let first = try #require(session.model.timeline.load)
        session.send(news(1001..<1201))
        session.send(.timelineLoaded(load: first, .success(page((800..<1000).map { entry($0, secondsAgo: 500) }))))
        #expect(session.model.timeline.entries.map(\.id) == Array(800..<1201))
        let second = try #require(session.model.timeline.load)
        session.send(news(1002..<1202))
        let older = (600..<800).map { entry($0, secondsAgo: 600, $0 == 700 ? Self.opening : nil) }
        session.send(.timelineLoaded(load: second, .success(page(older))))
        #expect(session.model.timeline.selected?.id == 700)
        #expect(session.model.timeline.entries.map(\.id) == Array(600..<1202))
    }

    @Test("An answer that belongs before entries that are gone is dropped")
    func dropsLateAnswer() throws {
        var session = session((200..<400).map { entry($0, secondsAgo: 60) })
        session.press(.character("["))
        let load = try #require(session.model.timeline.load)
        session.send(news(1000..<1200))
        session.send(.timelineLoaded(load: load, .success(page((0..<200).map { entry($0, secondsAgo: 90) }))))
        #expect(session.model.timeline.entries.map(\.id) == Array(1000..<1200))
    }

    @Test("Older entries are read when the cursor comes near the oldest, and stay while it is among them")
    func readsOn() throws {
        var session = session((200..<400).map { entry($0, secondsAgo: Double(400 - $0)) })
        session.press(.character("G"))
        let load = try #require(session.model.timeline.load)
        #expect(session.takeEffects() == [.loadTimeline(load: load, before: 200, limit: 200)])
        session.press(.down)
        #expect(session.takeEffects().isEmpty, "one page at a time")
        session.send(.timelineLoaded(load: load, .success(page((190..<200).map { entry($0, secondsAgo: 300) }))))
        #expect(session.model.timeline.entries.map(\.id) == Array(190..<400))
        #expect(session.model.timeline.selected?.id == 200)
        var snapshot = Sample.snapshot()
        snapshot.timeline.entries = (300..<500).map { entry($0, secondsAgo: 0) }
        session.send(.snapshot(snapshot))
        #expect(session.model.timeline.entries.map(\.id) == Array(190..<500))
        #expect(session.model.timeline.selected?.id == 200)
        session.press(.character("g"))
        session.send(.snapshot(snapshot))
        #expect(session.model.timeline.entries.map(\.id) == Array(300..<500))
        #expect(session.takeEffects().isEmpty)
    }

    @Test("Older entries that can't be read are told of, and asked for again when the cursor is moved again")
    func olderFail() throws {
        var session = session((200..<400).map { entry($0, secondsAgo: Double(400 - $0)) })
        session.press(.character("["))
        let load = try #require(session.model.timeline.load)
        _ = session.takeEffects()
        session.send(.timelineLoaded(load: load, .failure(ServiceError(.busy, message: "not connected"))))
        #expect(session.model.notice?.message == "Older entries can't be read: not connected.")
        #expect(session.model.timeline.load == nil && !session.model.timeline.isSeeking)
        #expect(session.takeEffects().isEmpty)
        session.press(.character("G"))
        let second = try #require(session.model.timeline.load)
        #expect(session.takeEffects() == [.loadTimeline(load: second, before: 200, limit: 200)])
    }

    @Test("Of another run of the service, whose numbers mean others, nothing is mixed with what was known")
    func otherRun() throws {
        var session = session((200..<400).map { entry($0, secondsAgo: 60) })
        session.press(.character("["))
        let load = try #require(session.model.timeline.load)
        var snapshot = Sample.snapshot()
        snapshot.generation = 1
        snapshot.timeline.entries = (250..<450).map { entry($0, secondsAgo: 0) }
        session.send(.snapshot(snapshot))
        session.send(.timelineLoaded(load: load, .success(page((100..<200).map { entry($0, secondsAgo: 90) }))))
        #expect(session.model.timeline.entries == snapshot.timeline.entries)
        #expect(session.model.timeline.scroll.selectedIndex == 0)
        #expect(session.model.timeline.load == nil && !session.model.timeline.isSeeking)
    }

    @Test("A run of the service that has kept its entries leaves the cursor where it is")
    func keptRun() {
        var session = session((200..<400).map { entry($0, secondsAgo: 60) })
        session.press(.down, .down)
        var snapshot = Sample.snapshot()
        snapshot.generation = 1
        snapshot.timeline.entries = (300..<400).map { entry($0, secondsAgo: 60) } + [entry(400, secondsAgo: 0)]
        session.send(.snapshot(snapshot))
        #expect(session.model.timeline.selected?.id == 397)
        #expect(session.model.timeline.entries.map(\.id) == Array(200...400))
    }

    @Test("Entries that were missed leave no hole in the list")
    func missed() {
        var session = session((0..<200).map { entry($0, secondsAgo: 60) })
        session.press(.down)
        var snapshot = Sample.snapshot()
        snapshot.timeline.entries = (1000..<1200).map { entry($0, secondsAgo: 0) }
        session.send(.snapshot(snapshot))
        #expect(session.model.timeline.entries.map(\.id) == Array(1000..<1200))
    }

    @Test("The selected entry is marked in the lane of its route, or in all where it concerns them")
    func marks() throws {
        let started = Timeline.Entry(id: 2, at: start.after(-60), route: nil, kind: .started(downtime: .seconds(720)))
        var session = session([entry(1, secondsAgo: 30), started, entry(3, secondsAgo: 10)])
        func marked() throws -> [Int] {
            let lanes = try #require(session.model.layout.timeline?.lanes)
            let track = TimelineView.track(lanes)
            return (0..<track.rows).map { row in
                (0..<track.columns).count { column in
                    let point = Point(column: track.column + column, row: track.row + row)
                    return session.frame.grid[point].style.attributes.contains(.reverse)
                }
            }
        }
        #expect(try marked() == [0, 0, 0, 1, 0])
        session.press(.down)
        #expect(try marked() == [1, 1, 1, 1, 1])
        #expect(session.screen.contains("Nothing is known of the 12 min before."))
    }
}
