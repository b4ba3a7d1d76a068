import EventService
import EventServiceTestSupport
import NIOCore
import Resilience
import TestSupport
import Testing

@Suite("The events of a user", .timeLimit(.minutes(3)))
struct EventsOfUserTests {
    private static let ids = (0..<30).map { "e\($0)" }

    @Test("come in the user's order, however the answers come, each to the byte")
    func order() async throws {
        let gates = Self.ids.map { _ in Gate() }
        let harness = try ServiceHarness(
            FakeEventsAPI { (call, context) throws(UpstreamError) in
                guard case .event(let id) = call, let index = Self.ids.firstIndex(of: id) else {
                    return AnswerBody.user("1", events: Self.ids)
                }
                try await gates[index].pass()
                return Self.oddlySpaced(id)
            }
        )
        async let list = harness.service.events(ofUser: "1", partial: false, for: harness.context)
        try await harness.api.wait { $0.underWay == 30 }
        var random = SplitMix64(seed: 1)
        for (number, gate) in gates.shuffled(using: &random).enumerated() {
            gate.open()
            try await harness.api.wait { $0.underWay == 29 - number }
        }
        #expect(
            String(buffer: try await list.body)
                == "[\(Self.ids.map { String(buffer: Self.oddlySpaced($0)) }.joined(separator: ","))]"
        )
        #expect(try await list.missing.isEmpty)
    }

    @Test("are asked for once each, after the user")
    func onceEach() async throws {
        let harness = try ServiceHarness(.working(events: ["b", "a", "b", "c", "a", "b"]))
        let list = try await read(harness)
        #expect(list.ids == ["b", "a", "c"])
        #expect(harness.api.record.calls.first == .user(id: "1"))
        #expect(harness.api.record.calls.count == 4)
    }

    @Test("are told apart by their identifiers' bytes, not by how those look")
    func normalisation() async throws {
        let ids = ["\u{E9}", "e\u{301}"]
        let harness = try ServiceHarness(.working(events: ids))
        let list = try await read(harness)
        #expect(list.ids.map { Array($0.utf8) } == ids.map { Array($0.utf8) })
    }

    @Test("are an empty array where there are none, and nothing more is asked")
    func none() async throws {
        let harness = try ServiceHarness(.working())
        let list = try await harness.service.events(ofUser: "1", partial: false, for: harness.context)
        #expect(String(buffer: list.body) == "[]")
        #expect(harness.api.record.calls == [.user(id: "1")])
    }

    @Test(
        "leave out what the events API doesn't know, whether a partial answer is wanted or not",
        arguments: [false, true]
    )
    func notFound(partial: Bool) async throws {
        let harness = try ServiceHarness(failing(["e0", "e2", "e29"], with: .notFound))
        let list = try await read(harness, partial: partial)
        #expect(list.ids == Self.ids.filter { !["e0", "e2", "e29"].contains($0) })
        #expect(list.missing.isEmpty)
    }

    @Test("of an unknown user: there are none to be found")
    func unknownUser() async throws {
        let harness = try ServiceHarness(.failing(.notFound))
        let error = try await error(harness)
        #expect(error?.kind == .notFound)
        #expect(error?.message == "there is no user 1")
    }

    @Test("fail with the first that can't be read; those under way are cancelled and no other is asked for")
    func firstFailure() async throws {
        let harness = try ServiceHarness(
            FakeEventsAPI { (call, context) throws(UpstreamError) in
                switch call {
                case .event(id: "e3"): throw .rejected(status: 403, message: nil)
                case .event: return try await FakeEventsAPI.hanging(call, context)
                default: return AnswerBody.user("1", events: Self.ids)
                }
            }
        ) {
            $0.fanOutLimit = 5
        }
        let error = try await error(harness)
        #expect(error?.kind == .badUpstream)
        #expect(error?.route == .getEventById)
        #expect(harness.api.record.underWay == 0)
        #expect(harness.api.record.count(.getEventById) <= 5)
        #expect(harness.api.record.cancelled == harness.api.record.count(.getEventById) - 1)
        #expect(try harness.breaker(.getEventById).totals.failed == 0)
    }

    @Test("as far as they can be read, if that is asked for, with the others named in order")
    func partial() async throws {
        let harness = try ServiceHarness(failing(["e20", "e3", "e10"], with: .tooLarge(limit: 1))) {
            $0.breaker = try CircuitBreakerConfiguration(failureThreshold: 100)
        }
        let list = try await read(harness, partial: true)
        #expect(list.missing == ["e3", "e10", "e20"])
        #expect(list.ids == Self.ids.filter { !list.missing.contains($0) })
    }

    @Test("leave out an identifier that can't stand in a URL, which says nothing about the events API")
    func unaddressable() async throws {
        let harness = try ServiceHarness(failing(["e1"], with: .unaddressable))
        #expect(try await read(harness).ids == Self.ids.filter { $0 != "e1" })
        let totals = try harness.breaker(.getEventById).totals
        #expect((totals.succeeded, totals.ignored, totals.failed) == (29, 1, 0))
    }

    @Test("of a user whose identifier can't stand in a URL: there are none, and no probe is spent on that")
    func unaddressableUser() async throws {
        let harness = try ServiceHarness(.failing(.unexpectedStatus(500)))
        #expect(try await error(harness)?.kind == .badUpstream)
        harness.clock.advance(by: .seconds(10))
        harness.api.setScript(FakeEventsAPI.failure(.unaddressable))
        #expect(try await error(harness)?.kind == .notFound)
        #expect(try harness.breaker(.getUserById).state == .halfOpen, "nothing was sent, so nothing was learnt")
        #expect(try harness.breaker(.getUserById).probesUnderWay == 0)
    }

    @Test("that the breaker holds back are missing too")
    func partialBehindBreaker() async throws {
        let harness = try ServiceHarness(
            FakeEventsAPI { (call, _) throws(UpstreamError) in
                if case .event = call { throw .refused }
                return AnswerBody.user("1", events: Self.ids)
            }
        )
        let list = try await read(harness, partial: true)
        #expect(list.ids.isEmpty)
        #expect(list.missing == Self.ids)
        #expect(try harness.breaker(.getEventById).state == .open)
    }

    @Test("a partial answer is no answer without the user", arguments: [UpstreamError.notFound, .refused])
    func partialWithoutUser(error: UpstreamError) async throws {
        let harness = try ServiceHarness(.failing(error))
        #expect(try await self.error(harness, partial: true) != nil)
    }

    @Test("never more are under way than the limit, and never fewer while some are left", arguments: [1, 7, 30, 50])
    func limit(limit: Int) async throws {
        let gate = Gate()
        let harness = try ServiceHarness(
            FakeEventsAPI { (call, context) throws(UpstreamError) in
                if case .event = call { try await gate.pass() }
                return try await FakeEventsAPI.success(events: Self.ids)(call, context)
            }
        ) {
            $0.fanOutLimit = limit
        }
        async let list = read(harness)
        try await harness.api.wait { $0.underWay == min(limit, 30) && $0.calls.count > 1 }
        gate.open()
        #expect(try await list.ids == Self.ids)
        #expect(harness.api.record.peak == min(limit, 30))
    }

    @Test("the window slides: one slow answer holds up nobody else")
    func slides() async throws {
        let gate = Gate()
        let harness = try ServiceHarness(
            FakeEventsAPI { (call, context) throws(UpstreamError) in
                if call == .event(id: "e0") { try await gate.pass() }
                return try await FakeEventsAPI.success(events: Self.ids)(call, context)
            }
        ) {
            $0.fanOutLimit = 2
        }
        async let list = read(harness)
        try await harness.api.wait { $0.count(.getEventById) == 30 && $0.underWay == 1 }
        gate.open()
        #expect(try await list.ids == Self.ids)
    }

    @Test("a caller that goes away cancels all that is under way, partial or not", arguments: [false, true])
    func cancellation(partial: Bool) async throws {
        let harness = try ServiceHarness(
            FakeEventsAPI { (call, context) throws(UpstreamError) in
                if case .event = call { return try await FakeEventsAPI.hanging(call, context) }
                return AnswerBody.user("1", events: Self.ids)
            }
        ) {
            $0.fanOutLimit = 10
        }
        let request = Task { try await error(harness, partial: partial) }
        try await harness.api.wait { $0.underWay == 10 }
        request.cancel()
        #expect(try await request.value?.kind == .cancelled)
        try await harness.api.wait { $0.underWay == 0 }
        #expect(harness.api.record.cancelled == 10)
        #expect(harness.api.record.count(.getEventById) == 10)
        #expect(try harness.breaker(.getEventById).totals.failed == 0)
    }

    @Test("a request past its deadline is given up with all its calls")
    func deadline() async throws {
        let harness = try ServiceHarness(
            FakeEventsAPI { (call, context) throws(UpstreamError) in
                if case .event = call { return try await FakeEventsAPI.hanging(call, context) }
                return AnswerBody.user("1", events: Self.ids)
            }
        ) {
            $0.requestDeadline = .seconds(3)
        }
        async let error = error(harness)
        try await harness.clock.waitForSleepers(1 + 30)
        harness.clock.advance(by: .seconds(3))
        #expect(try await error?.kind == .timedOut)
        #expect(harness.api.record.cancelled == 30)
        #expect(harness.clock.sleepers == 0)
    }

    @Test("that come before the deadline are a partial answer, and the rest is missing")
    func partialAtDeadline() async throws {
        let gate = Gate()
        let harness = try ServiceHarness(
            FakeEventsAPI { (call, context) throws(UpstreamError) in
                if case .event(let id) = call, !["e0", "e7", "e29"].contains(id) { try await gate.pass() }
                return try await FakeEventsAPI.success(events: Self.ids)(call, context)
            }
        ) {
            $0.requestDeadline = .seconds(3)
        }
        async let list = read(harness, partial: true)
        try await harness.api.wait { $0.calls.count == 31 && $0.underWay == 27 }
        try await harness.clock.waitForSleepers(1 + 27)
        harness.clock.advance(by: .seconds(3))
        #expect(try await list.ids == ["e0", "e7", "e29"])
        #expect(try await list.missing == Self.ids.filter { !["e0", "e7", "e29"].contains($0) })
        #expect(harness.api.record.underWay == 0)
    }

    @Test("are not joined beyond the limit on the whole", arguments: [false, true])
    func tooLarge(partial: Bool) async throws {
        let harness = try ServiceHarness(.working(events: Self.ids)) {
            $0.maximumListSize = 10 * (AnswerBody.event("e0").readableBytes + 1)
            $0.fanOutLimit = 1
        }
        if partial {
            let list = try await read(harness, partial: true)
            #expect(list.ids == Array(Self.ids.prefix(list.ids.count)))
            #expect(list.missing == Array(Self.ids.dropFirst(list.ids.count)))
            #expect((8...10).contains(list.ids.count))
        } else {
            let error = try await error(harness)
            #expect(error?.kind == .badUpstream)
            #expect(error?.message.contains("together larger than") == true)
        }
    }

    @Test("are not asked for where a user has more than can be listed")
    func tooMany() async throws {
        let harness = try ServiceHarness(.working(events: Self.ids)) { $0.maximumEventsPerUser = 29 }
        let error = try await error(harness)
        #expect(error?.kind == .badUpstream)
        #expect(error?.message.contains("more than 29 elements") == true)
        #expect(harness.api.record.calls == [.user(id: "1")])
    }

    private struct Read: Sendable {
        let ids: [String]
        let missing: [String]
    }

    private func read(_ harness: ServiceHarness, partial: Bool = false) async throws -> Read {
        let list = try await harness.service.events(ofUser: "1", partial: partial, for: harness.context)
        try JSONShape.array(of: .event).check(list.body)
        let ids = String(buffer: list.body).matches(of: /"id":"([^"]*)"/).map { String($0.output.1) }
        return Read(ids: ids, missing: list.missing)
    }

    private func error(_ harness: ServiceHarness, partial: Bool = false) async throws -> ServiceError? {
        do {
            _ = try await harness.service.events(ofUser: "1", partial: partial, for: harness.context)
            return nil
        } catch {
            return error
        }
    }

    private func failing(_ ids: Set<String>, with error: UpstreamError) -> FakeEventsAPI {
        FakeEventsAPI { (call, context) throws(UpstreamError) in
            if case .event(let id) = call, ids.contains(id) { throw error }
            return try await FakeEventsAPI.success(events: Self.ids)(call, context)
        }
    }

    private static func oddlySpaced(_ id: String) -> ByteBuffer {
        ByteBuffer(string: #"{ "name" : "\u0041","id":"\#(id)" ,"userId":"1","n":1.50 }"#)
    }
}
