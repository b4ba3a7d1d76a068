import EventService
import Foundation
import NIOCore
import Testing

@testable import RemoteService

@Suite("What a stream has told")
struct RemoteStateTests {
    private var state = RemoteState(clock: RemoteClock(start: Date(timeIntervalSince1970: 0)))

    private static func breaker(_ change: String = "", name: String = "addEvent", state: String = "CLOSED") -> String {
        #"{"name":"\#(name)","state":"\#(state)","mode":"automatic","takenAt":"2026-11-30T12:31:05.000Z","#
            + #""since":"2026-11-30T12:00:00.000Z","waitScheduleMs":[10000,20000],"openings":0,"probesUnderWay":0,"#
            + #""failures":[],"failureThreshold":3,"failureWindowMs":30000,"totals":{"succeeded":1,"failed":2,"#
            + #""ignored":3,"rejected":4,"opened":5}\#(change)}"#
    }

    private static func entry(_ id: UInt64, kind: String = "transition") -> String {
        #"{"id":\#(id),"at":"2026-11-30T12:31:05.000Z","route":"addEvent","kind":"\#(kind)","from":"CLOSED","#
            + #""to":"OPEN","reason":"too many failures","more":null}"#
    }

    private static func snapshot(
        entries: [UInt64] = [],
        resumed: Bool = false,
        missed: UInt64 = 0,
        lanes: String = "",
        breakers: String = breaker()
    ) -> String {
        #"{"takenAt":"2026-11-30T12:31:05.000Z","resumed":\#(resumed),"missedEntries":\#(missed),"#
            + #""entries":[\#(entries.map { entry($0) }.joined(separator: ","))],"lanes":[\#(lanes)],"#
            + #""breakers":[\#(breakers)],"service":{"phase":"serving","upstream":{"url":"http://events.test"}}}"#
    }

    @discardableResult
    private mutating func take(
        _ name: String,
        _ data: String,
        id: String? = nil,
        at uptime: Duration = .zero
    ) throws -> RemoteState.Result {
        try state.take(ServerSentEvent(name: name, id: id, data: ByteBuffer(string: data)), at: uptime)
    }

    private var entries: [UInt64] { state.snapshot?.timeline.entries.map(\.id) ?? [] }

    @Test("A snapshot that resumes adds its entries, any other replaces them")
    mutating func resuming() throws {
        try take("snapshot", Self.snapshot(entries: [1, 2]), id: "a-3")
        #expect(state.lastEventID == "a-3")
        state.beginConnection()
        try take("snapshot", Self.snapshot(entries: [3], resumed: true))
        #expect(entries == [1, 2, 3])
        try take("entries", "[\(Self.entry(4)),\(Self.entry(5))]", id: "a-6")
        #expect(entries == [1, 2, 3, 4, 5])
        #expect(state.snapshot?.generation == 0)
        state.beginConnection()
        try take("snapshot", Self.snapshot(entries: [0, 1]))
        #expect(entries == [0, 1])
        #expect(state.snapshot?.generation == 1)
    }

    @Test("Entries that are gone are counted")
    mutating func missing() throws {
        try take("snapshot", Self.snapshot(resumed: true, missed: 7))
        try take("missed", #"{"entries":5}"#)
        #expect(state.missedEntries == 12)
        try take("missed", #"{"entries":18446744073709551615}"#)
        #expect(state.missedEntries == .max)
    }

    @Test("Entries are taken once and in order, of known kinds, 200 at most")
    mutating func order() throws {
        try take("snapshot", Self.snapshot(entries: [5, 5, 4, 6]))
        #expect(entries == [5, 6])
        try take("entries", "[\(Self.entry(6)),\(Self.entry(7, kind: "party")),\(Self.entry(8))]")
        #expect(entries == [5, 6, 8])
        try take("entries", "[\((9..<300).map { Self.entry($0) }.joined(separator: ","))]")
        #expect(entries == Array(100..<300))
    }

    @Test("A breaker takes the place of the one of its name; what isn't known is left alone")
    mutating func breakers() throws {
        try take("snapshot", Self.snapshot(breakers: Self.breaker(name: "party") + "," + Self.breaker()))
        #expect(state.snapshot?.breakers.map(\.route) == [.addEvent])
        try take("breaker", Self.breaker(#","probeAt":"2026-11-30T12:31:15.250Z","waitMs":10000"#, state: "OPEN"))
        let breaker = try #require(state.snapshot?.breakers.first)
        #expect(breaker.state == .open)
        #expect(breaker.wait == .seconds(10))
        #expect(breaker.probeAt == RFC3339.date(of: "2026-11-30T12:31:15.250Z"))
        #expect(breaker.totals.rejected == 4)
        try take("breaker", Self.breaker(state: "SIDEWAYS"))
        #expect(state.snapshot?.breakers.first == breaker)
        #expect(try take("party", "{}") == .ignored)
    }

    @Test("Lanes: the last second is told again, bands replace those before")
    mutating func lanes() throws {
        let lane = #"{"route":"addEvent","seconds":[{"second":1,"failures":1},{"second":2,"successes":1}],"bands":[]}"#
        try take("snapshot", Self.snapshot(lanes: lane))
        try take(
            "lanes",
            #"[{"route":"addEvent","seconds":[{"second":2,"successes":3},{"second":4}],"bands":"#
                + #"[{"state":"OPEN","from":"2026-11-30T12:31:05.000Z"}]},{"route":"party","seconds":[]}]"#
        )
        let known = try #require(state.snapshot?.timeline.lanes[.addEvent])
        #expect(known.seconds.map(\.second) == [1, 2, 4])
        #expect(known.seconds.map(\.successes) == [0, 3, 0])
        #expect(known.bands.map(\.state) == [.open])
        #expect(state.snapshot?.timeline.lanes.count == 1)
    }

    @Test("What the service says about itself")
    mutating func service() throws {
        try take("snapshot", Self.snapshot())
        let outbox = #"{"waiting":2,"delivering":1,"delivered":0,"refused":-5,"failure":"full"}"#
        try take("service", #"{"phase":"draining","upstream":{"url":"u","scenario":"s"},"outbox":\#(outbox)}"#)
        #expect(state.snapshot?.phase == .draining)
        #expect(state.snapshot?.upstream == .init(url: "u", scenario: "s"))
        #expect(state.snapshot?.outbox == .init(status: OutboxStatus(waiting: 2, delivering: 1), failure: "full"))
    }

    @Test("Numbers out of all bounds are cut to what can be shown")
    mutating func extremes() throws {
        let huge = "9223372036854775807"
        let message = String(repeating: "x", count: 5000)
        var text = Self.breaker(
            #","waitMs":-1,"lastFailure":{"at":"9999-12-31T23:59:59.999Z","message":"\#(message)"}"#
        )
        text.replace(#""openings":0"#, with: #""openings":\#(huge)"#)
        text.replace(#""failureThreshold":3"#, with: #""failureThreshold":-\#(huge)"#)
        text.replace(#""failureWindowMs":30000"#, with: #""failureWindowMs":\#(huge)"#)
        try take("snapshot", Self.snapshot(breakers: text))
        let breaker = try #require(state.snapshot?.breakers.first)
        #expect(breaker.openings == 1_000_000_000)
        #expect(breaker.failureThreshold == 0)
        #expect(breaker.failureWindow == .seconds(1_000_000_000))
        #expect(breaker.wait == .zero)
        #expect(breaker.lastFailure?.message.count == 1000)
    }

    @Test("An id that can't stand in a header field isn't given back", arguments: ["", "a b", "é", "a\r\nb"])
    mutating func hostileIDs(id: String) throws {
        try take("snapshot", Self.snapshot(), id: id.isEmpty ? String(repeating: "x", count: 300) : id)
        #expect(state.lastEventID == nil)
    }

    @Test("A change before the snapshot of its connection is refused, and so is what can't be read")
    mutating func refusals() throws {
        #expect(throws: RemoteFailure.malformed("a change before the first snapshot")) { try take("entries", "[]") }
        try take("snapshot", Self.snapshot())
        try take("entries", "[]")
        #expect(throws: RemoteFailure.malformed("the event breaker isn't what was promised")) {
            try take("breaker", "{}")
        }
        state.beginConnection()
        #expect(throws: RemoteFailure.self) { try take("entries", "[]") }
    }

    @Test("The service's clock: what was heard the least late tells most, a new connection begins anew")
    mutating func clock() throws {
        let told = try #require(RFC3339.date(of: "2026-11-30T12:31:05Z"))
        try take("snapshot", Self.snapshot(), at: .seconds(10))
        #expect(state.clock.date(at: .seconds(10)) == told)
        // Told 2 s after it was so.
        try take("breaker", Self.breaker(), at: .seconds(12))
        #expect(state.clock.date(at: .seconds(12)) == told.addingTimeInterval(2))
        #expect(state.snapshot?.takenAt == told.addingTimeInterval(2))
        try take("breaker", Self.breaker().replacing("12:31:05.000", with: "12:31:09.000"), at: .seconds(13))
        #expect(state.clock.date(at: .seconds(13)) == told.addingTimeInterval(4))
        state.beginConnection()
        try take("snapshot", Self.snapshot(), at: .seconds(20))
        #expect(state.clock.date(at: .seconds(20)) == told)
    }

    @Test("The service's clock is followed when it is set back by more than anything can be late")
    mutating func clockSetBack() throws {
        let told = try #require(RFC3339.date(of: "2026-11-30T12:31:05Z"))
        try take("snapshot", Self.snapshot())
        try take("breaker", Self.breaker(), at: .seconds(40))
        #expect(state.clock.date(at: .seconds(40)) == told.addingTimeInterval(40))
        try take("breaker", Self.breaker().replacing("12:31:05.000", with: "12:21:05.000"), at: .seconds(50))
        #expect(state.clock.date(at: .seconds(50)) == told.addingTimeInterval(-600))
        #expect(state.snapshot?.takenAt == told.addingTimeInterval(-600))
    }

    @Test("Starts and stops are of no route, and failures and changes of state of one that is known")
    mutating func kinds() throws {
        try take("snapshot", Self.snapshot())
        let at = #""at":"2026-11-30T12:31:05.000Z""#
        try take(
            "entries",
            #"[{"id":1,\#(at),"kind":"stop"},{"id":2,\#(at),"kind":"start","downtimeMs":90000},"#
                + #"{"id":3,\#(at),"kind":"start"},{"id":4,\#(at),"kind":"failure","message":"?"},"#
                + #"{"id":5,\#(at),"kind":"failure","route":"brew"},{"id":6,\#(at),"kind":"brew"},\#(Self.entry(7))]"#
        )
        #expect(entries == [1, 2, 3, 7])
        #expect(
            state.snapshot?.timeline.entries.prefix(3).map(\.kind) == [
                .stopped, .started(downtime: .seconds(90)), .started(downtime: nil),
            ]
        )
    }

    @Test("Of a service that tells of ten minutes alone, what was before is a gap")
    mutating func gap() throws {
        try take("snapshot", Self.snapshot())
        let known = try #require(RFC3339.date(of: "2026-11-30T12:21:05Z"))
        #expect(state.snapshot?.timeline.gaps.map(\.to) == [known])
    }

    @Test("What gets too old to be told by the second goes on in periods, as at the service")
    mutating func earlier() throws {
        let lane =
            #"{"route":"addEvent","earlier":[{"second":1000,"length":5,"failures":2},{"second":1002,"length":7},"#
            + #"{"second":0,"length":5}],"seconds":[{"second":1010,"failures":1},{"second":1011,"successes":1}]}"#
        try take("snapshot", Self.snapshot(lanes: lane))
        try take("lanes", #"[{"route":"addEvent","seconds":[{"second":1611,"failures":1}]}]"#)
        let known = try #require(state.snapshot?.timeline.lanes[.addEvent])
        #expect(known.seconds.map(\.second) == [1611])
        #expect(known.earlier.map(\.sum.second) == [1000, 1010])
        #expect(known.earlier.map(\.sum.failures) == [2, 1])
        #expect(known.earlier.map(\.sum.successes) == [0, 1])
    }

    @Test("What is in the future of a clock that was set back is forgotten, as at the service")
    mutating func setBack() throws {
        let lane =
            #"{"route":"addEvent","earlier":[{"second":1000,"length":5,"failures":2},{"second":3000,"length":5}],"#
            + #""seconds":[{"second":3900,"failures":1}]}"#
        try take("snapshot", Self.snapshot(lanes: lane))
        try take("lanes", #"[{"route":"addEvent","seconds":[{"second":2000,"failures":3}]}]"#)
        let known = try #require(state.snapshot?.timeline.lanes[.addEvent])
        #expect(known.seconds.map(\.second) == [2000])
        #expect(known.earlier.map(\.sum.second) == [1000])
    }

    @Test("Latencies are those that were told last, of ten minutes")
    mutating func latencies() throws {
        func latency(_ second: Int, _ calls: Int) -> String {
            #"{"second":\#(second),"calls":\#(calls),"p50Ms":1.5,"p99Ms":20}"#
        }
        let lane = #"{"route":"addEvent","seconds":[],"latencies":[\#(latency(100, 1)),\#(latency(105, 1))]}"#
        try take("snapshot", Self.snapshot(lanes: lane))
        try take("lanes", #"[{"route":"addEvent","seconds":[],"latencies":[\#(latency(105, 2)),\#(latency(700, 3))]}]"#)
        let known = try #require(state.snapshot?.timeline.lanes[.addEvent]?.latencies)
        #expect(known.map(\.second) == [105, 700])
        #expect(known.map(\.calls) == [2, 3])
        #expect(known.first?.median == .microseconds(1500))
    }

    @Test(
        "Seconds that nobody has trap nothing",
        arguments: ["-9223372036854775808", "9223372036854775807", "4294967296"]
    )
    mutating func hostile(second: String) throws {
        let counts = #""second":\#(second),"failures":4294967295"#
        let lane =
            #"{"route":"addEvent","earlier":[{\#(counts),"length":120},{\#(counts),"length":-1}],"seconds":[{\#(counts)}],"#
            + #""latencies":[{"second":\#(second),"calls":0,"p50Ms":-1e300,"p99Ms":1e300}]}"#
        try take("snapshot", Self.snapshot(lanes: lane))
        try take("lanes", "[\(lane)]")
        try take("lanes", #"[{"route":"addEvent","seconds":[{"second":1},{"second":700}]}]"#)
        #expect(state.snapshot?.timeline.lanes[.addEvent]?.seconds.map(\.second) == [700])
    }

    @Test("Objectives are those that were told last, each once")
    mutating func objectives() throws {
        func objective(_ route: String, bad: Int, target: String = "0.999") -> String {
            #"{"route":"\#(route)","kind":"availability","target":\#(target),"since":"2026-11-30T12:00:00.000Z","#
                + #""alert":"none","budgetLeft":1,"windows":{"5m":{"answers":9,"bad":\#(bad),"burnRate":0}},"#
                + #""totals":{"answers":9,"bad":\#(bad)}}"#
        }
        try take("snapshot", Self.snapshot())
        #expect(state.snapshot?.objectives == [])
        let all = [
            objective("getUsers", bad: 1), objective("getUsers", bad: 2), objective("brew", bad: 3),
            objective("addEvent", bad: 4, target: "1.5"), objective("addEvent", bad: 10),
        ]
        try take("objectives", "[\(all.joined(separator: ","))]")
        #expect(state.snapshot?.objectives.map(\.route) == [.getUsers, .addEvent])
        #expect(state.snapshot?.objectives.map { $0.counts(.fiveMinutes).bad } == [1, 9])
        try take("objective", objective("getUsers", bad: 5))
        try take("objective", objective("getEvents", bad: 5))
        #expect(state.snapshot?.objectives.map { $0.totals.bad } == [5, 9])
    }
}
