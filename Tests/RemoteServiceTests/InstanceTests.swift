import EventService
import EventServiceTestSupport
import Foundation
import HTTPAPI
import TestSupport
import Testing

@testable import RemoteService

@Suite("A real instance, attached to", .timeLimit(.minutes(3)))
struct InstanceTests {
    @Test("The first snapshot is that of the instance")
    func snapshot() async throws {
        let instance = try Instance()
        await instance.fail()
        let there = instance.service.snapshot()
        let here = try await instance.run { try await $0.waitForConnection() }
        let snapshot = try #require(here.snapshot)
        #expect(snapshot.upstream == there.upstream)
        #expect(snapshot.phase == .serving)
        #expect(snapshot.outbox == there.outbox)
        #expect(snapshot.objectives.map(\.id) == there.objectives.map(\.id))
        for window in BurnWindow.allCases {
            #expect(snapshot.objectives.map { $0.counts(window) } == there.objectives.map { $0.counts(window) })
        }
        #expect(snapshot.breakers.map(\.state) == [.closed, .open, .closed, .closed, .closed])
        for (told, breaker) in zip(snapshot.breakers, there.breakers) { #expect(told.isSame(as: breaker)) }
        #expect(snapshot.timeline.told == there.timeline.told)
        #expect(snapshot.timeline.entries.map(\.id) == there.timeline.entries.map(\.id))
        #expect(abs(snapshot.takenAt.timeIntervalSince(there.takenAt)) < 60)
    }

    @Test("Every change is told")
    func changes() async throws {
        let instance = try Instance()
        try await instance.run { attached in
            try await attached.waitForConnection()
            instance.service.setMode(.forcedOpen, of: .getUsers)
            try await attached.wait { known in
                known.snapshot?.breakers.first { $0.route == .getUsers }?.state == .forcedOpen
            }
            instance.service.setUpstream(.init(url: "http://other.test"))
            try await attached.wait { $0.snapshot?.upstream.url == "http://other.test" }
            await instance.fail()
            let known = try await attached.wait { $0.snapshot?.timeline.lanes[.getEvents]?.bands.isEmpty == false }
            #expect(known.snapshot?.timeline.told == instance.service.timeline().told)
        }
    }

    @Test("Users and events are read through it, as old as it says they are")
    func lists() async throws {
        let instance = try Instance()
        try await instance.run { attached in
            let users = try await attached.remote.listUsers(for: .test, policy: .useCache)
            #expect(users.value.map(\.name) == ["Ada"])
            #expect(users.freshness.staleReason == nil)
            let events = try await attached.remote.listEvents(ofUser: "1", for: .test, policy: .useCache)
            #expect(events.value.events.map(\.id) == ["e1", "e2"])
            #expect(events.value.missing == [])
            #expect(instance.api.record.contexts.last?.requestID == "test-request")
        }
    }

    @Test("What can't be read is named")
    func missing() async throws {
        let working = FakeEventsAPI.success(events: ["e1", "é,2"])
        let api = FakeEventsAPI { call, context throws(UpstreamError) in
            if case .event("é,2") = call { throw .refused }
            return try await working(call, context)
        }
        try await Instance(api).run { attached in
            let events = try await attached.remote.listEvents(ofUser: "1", for: .test, policy: .useCache)
            #expect(events.value.events.map(\.id) == ["e1"])
            #expect(events.value.missing == ["é,2"])
        }
    }

    @Test("What is kept of an answer is told to be stale, and why; a reload fails as there")
    func stale() async throws {
        let instance = try Instance()
        try await instance.run { attached in
            _ = try await attached.remote.listUsers(for: .test, policy: .useCache)
            instance.service.setMode(.forcedOpen, of: .getUsers)
            let kept = try await attached.remote.listUsers(for: .test, policy: .useCache)
            #expect(kept.value.map(\.name) == ["Ada"])
            let error = await failure {
                try await attached.remote.listUsers(for: .test, policy: .reload)
            }
            #expect(error?.kind == .circuitOpen)
            #expect(error?.breakerState == .forcedOpen)
        }
    }

    @Test("An event is added with its id, kept when that is wished for, or refused with every field that is wrong")
    func submit() async throws {
        let instance = try Instance()
        try await instance.run { attached in
            let draft = EventDraft(id: attached.remote.newEventID(), name: "Launch", userID: "1")
            let first = try await attached.remote.submit(draft, whenDown: nil, for: .test)
            #expect(first == .added)
            instance.api.setScript(FakeEventsAPI.failure(.refused))
            let kept = EventDraft(id: "k1", name: "Séance", userID: "1", startsAt: "2026-12-01T18:00:00Z")
            let second = try await attached.remote.submit(kept, whenDown: .queue, for: .test)
            #expect(second == .kept)
            let error = await failure {
                try await attached.remote.submit(.init(id: "k2", name: "", userID: "1"), whenDown: nil, for: .test)
            }
            #expect(error?.kind == .invalid)
            #expect(error?.fields.map(\.field) == ["name"])
        }
        #expect(instance.stores.outbox.entries.map(\.id) == ["k1"])
    }

    @Test("What is kept is listed with its events, and decided about")
    func kept() async throws {
        let instance = try Instance(.failing(.refused))
        for (id, name) in [("k1", "Séance"), ("k2", "Dinner"), ("k3", "Talk")] {
            let draft = EventDraft(id: id, name: name, userID: "7", startsAt: "2026-12-01T18:00:00Z")
            try await instance.service.add(draft, whenDown: .queue, for: .test)
        }
        instance.stores.outbox.change("k1") {
            ($0.state, $0.refusedStatus, $0.lastError) = (.refused, 422, "no user 7")
        }
        let there = try await instance.service.listKept(atMost: 10)
        try await instance.run { attached in
            let here = try await attached.remote.listKept(atMost: 10)
            #expect(here.events.map(\.name) == ["Séance", "Dinner", "Talk"])
            #expect(here.events.map(\.members) == there.events.map(\.members))
            #expect(here.events.map(\.isBehindAnother) == there.events.map(\.isBehindAnother))
            #expect(here.events.map(\.state) == [.refused, .waiting, .waiting])
            #expect(here.events[0].refusedStatus == 422)
            #expect(!here.hasMore)
            let page = try await attached.remote.listKept(atMost: 2)
            #expect(page.hasMore)
            let isRetried = try await attached.remote.retryKept("k1", for: .test)
            #expect(isRetried)
            let isDiscarded = try await attached.remote.discardKept("k2", for: .test)
            #expect(isDiscarded)
            let isDiscardedAgain = try await attached.remote.discardKept("k2", for: .test)
            #expect(!isDiscardedAgain)
            let isNothingRetried = try await attached.remote.retryKept("nothing", for: .test)
            #expect(!isNothingRetried)
        }
        #expect(Set(instance.stores.outbox.entries.map(\.id)) == ["k1", "k3"])
    }

    @Test("An open breaker is probed, a closed one isn't")
    func probe() async throws {
        let instance = try Instance()
        await instance.fail()
        try await instance.run { attached in
            try await attached.remote.probe(.getEvents)
            #expect(instance.service.breaker(.getEvents).state == .halfOpen)
            await #expect(throws: ServiceError.self) { try await attached.remote.probe(.addEvent) }
        }
    }

    @Test("A breaker is forced open, disabled, decides again, and is closed")
    func change() async throws {
        let instance = try Instance()
        await instance.fail()
        try await instance.run { attached in
            for mode in BreakerStatus.Mode.allCases.reversed() {
                try await attached.remote.setMode(mode, of: .getUsers)
                #expect(instance.service.breaker(.getUsers).mode == mode)
            }
            try await attached.remote.reset(.getEvents)
            #expect(instance.service.breaker(.getEvents).state == .closed)
        }
    }

    @Test("Entries of the timeline are read back to the oldest, of every kind, page by page")
    func timeline() async throws {
        let instance = try Instance()
        await instance.fail()
        instance.service.setMode(.forcedOpen, of: .getUsers)
        let there = await instance.service.timelinePage(HistoryQuery(limit: 10)).entries
        try #require(there.count > 2)
        try await instance.run { attached in
            let first = try await attached.remote.timelinePage(HistoryQuery(limit: 2))
            #expect(first.entries.map(\.id) == there.prefix(2).map(\.id))
            #expect(first.entries.map(\.kind) == there.prefix(2).map(\.kind))
            let rest = try await attached.remote.timelinePage(HistoryQuery(before: first.next, limit: 200))
            #expect(rest.entries.map(\.id) == there.dropFirst(2).map(\.id))
            let failures = try await attached.remote.timelinePage(HistoryQuery(kind: .failure, limit: 10))
            #expect(failures.entries.map(\.id) == there.filter { HistoryQuery.Kind($0.kind) == .failure }.map(\.id))
        }
    }

    @Test("Without the token that it takes a person reads what to do, with it everything works")
    func token() async throws {
        var configuration = HTTPAPIConfiguration()
        configuration.tokens = try AccessTokens(parsing: "reader read 0123456789abcdef")
        let instance = try Instance(.working(), configuration)
        try await instance.run { attached in
            let loss = try await attached.waitForLoss()
            #expect(loss.reason.hasPrefix("this needs a token"))
            #expect(loss.reason.hasSuffix("(401); a token comes from --token-file or API_TOKEN"))
            #expect(loss.nextTry.timeIntervalSince(loss.since) == 30)
        }
        try await instance.run(token: "0123456789abcdef") { attached in
            try await attached.waitForConnection()
            #expect(try await attached.remote.listUsers(for: .test, policy: .useCache).value.count == 1)
            let draft = EventDraft(id: "1", name: "Launch", userID: "1")
            let error = await failure {
                try await attached.remote.submit(draft, whenDown: nil, for: .test)
            }
            #expect(error?.kind == .refused(status: 403))
            #expect(error?.message.contains("scope write") == true)
            #expect(error?.message.contains("--token-file") == true)
        }
    }

    @Test("After a silence it is connected again, and what happened meanwhile is told, each entry once")
    func resume() async throws {
        let instance = try Instance()
        await instance.fail()
        try await instance.run { attached in
            let before = try await attached.waitForConnection()
            try await attached.clock.waitForSleepers(1)
            attached.clock.advance(by: .seconds(40))
            let loss = try await attached.waitForLoss()
            #expect(loss.reason == "silent for 40 s")
            #expect(attached.remote.known().snapshot == before.snapshot)
            await #expect(throws: ServiceError.self) {
                try await attached.remote.listUsers(for: .test, policy: .useCache)
            }
            for _ in 0..<3 {
                instance.service.reset(.getEvents)
                await instance.fail()
            }
            attached.clock.advance(by: .milliseconds(500))
            let after = try await attached.waitForConnection()
            #expect(after.snapshot?.timeline.entries.map(\.id) == instance.service.timeline().entries.map(\.id))
            #expect(after.connection?.missedEntries == 0)
        }
    }

    @Test("Entries that came and went meanwhile are counted")
    func gap() async throws {
        let instance = try Instance()
        await instance.fail()
        try await instance.run { attached in
            try await attached.waitForConnection()
            try await attached.clock.waitForSleepers(1)
            attached.clock.advance(by: .seconds(40))
            _ = try await attached.waitForLoss()
            let last = try #require(instance.service.timeline().entries.last?.id)
            while try #require(instance.service.timeline().entries.first?.id) < last + 11 {
                instance.service.setMode(.forcedOpen, of: .getUsers)
                instance.service.setMode(.automatic, of: .getUsers)
            }
            let missed = try #require(instance.service.timeline().entries.first?.id) - last - 1
            attached.clock.advance(by: .milliseconds(500))
            let known = try await attached.waitForConnection()
            #expect(known.connection?.missedEntries == missed)
            #expect(known.snapshot?.timeline.entries.count == 200)
        }
    }

    @Test("A service that is about to stop says so")
    func draining() async throws {
        let instance = try Instance()
        try await instance.run { attached in
            try await attached.waitForConnection()
            instance.service.setPhase(.draining)
            #expect(try await attached.waitForLoss().reason == "the service is stopping")
            #expect(attached.remote.known().snapshot?.phase == .draining)
        }
    }
}

extension BreakerStatus {
    /// Whether this is what is told of another status, whose times are told in whole milliseconds.
    fileprivate func isSame(as other: BreakerStatus) -> Bool {
        var other = other
        (other.since, other.probeAt) = (other.since.inMilliseconds, other.probeAt?.inMilliseconds)
        other.failures = other.failures.map(\.inMilliseconds)
        if let at = other.lastFailure?.at { other.lastFailure?.at = at.inMilliseconds }
        return self == other
    }
}
