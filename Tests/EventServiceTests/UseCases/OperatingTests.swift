import EventService
import EventServiceTestSupport
import NIOCore
import Testing

@Suite("What an operator does", .timeLimit(.minutes(3)))
struct OperatingTests {
    private func failing() throws -> ServiceHarness {
        try ServiceHarness(.failing(.refused)) { $0.readRetries.maximum = 0 }
    }

    @Test("a breaker that is forced open lets nothing through until it is automatic again")
    func forcedOpen() async throws {
        let harness = try ServiceHarness(.working())
        harness.service.setMode(.forcedOpen, of: .getEvents)
        #expect(await harness.events().error?.kind == .circuitOpen)
        #expect(harness.api.record.calls.isEmpty)
        #expect(harness.service.breaker(.getEvents).mode == .forcedOpen)
        harness.service.setMode(.automatic, of: .getEvents)
        #expect(await harness.events().error == nil)
        #expect(harness.service.breaker(.getEvents).mode == .automatic)
    }

    @Test("a breaker that is disabled lets everything through")
    func disabled() async throws {
        let harness = try failing()
        harness.service.setMode(.disabled, of: .getEvents)
        for _ in 1...10 { #expect(await harness.events().error?.kind == .busy) }
        #expect(harness.service.breaker(.getEvents).mode == .disabled)
        #expect(harness.api.record.count(.getEvents) == 10)
    }

    @Test("automatic leaves a breaker that is automatic as it is")
    func automatic() async throws {
        let harness = try failing()
        for _ in 1...3 { _ = await harness.events() }
        harness.service.setMode(.automatic, of: .getEvents)
        #expect(harness.service.breaker(.getEvents).state == .open)
    }

    @Test("a reset closes a breaker in every mode, and keeps its totals", arguments: BreakerStatus.Mode.allCases)
    func reset(mode: BreakerStatus.Mode) async throws {
        let harness = try failing()
        for _ in 1...3 { _ = await harness.events() }
        harness.service.setMode(mode, of: .getEvents)
        harness.service.reset(.getEvents)
        let breaker = harness.service.breaker(.getEvents)
        #expect((breaker.state, breaker.mode) == (.closed, .automatic))
        #expect(breaker.failures.isEmpty)
        #expect(breaker.openings == 0)
        #expect(breaker.totals.failed == 3)
    }

    @Test("a reset of a closed breaker is told, for it forgets failures")
    func resetClosed() async throws {
        let harness = try failing()
        _ = await harness.events()
        var changes = harness.service.changes().makeAsyncIterator()
        await changes.next()
        harness.service.reset(.getEvents)
        await changes.next()
        #expect(harness.service.breaker(.getEvents).failures.isEmpty)
    }

    @Test("the breakers and the timeline alone are what they are in a snapshot")
    func parts() async throws {
        let harness = try failing()
        for _ in 1...4 { _ = await harness.events() }
        let snapshot = harness.service.snapshot()
        #expect(harness.service.breakers() == snapshot.breakers)
        #expect(UpstreamRoute.allCases.map(harness.service.breaker) == snapshot.breakers)
        #expect(harness.service.timeline() == snapshot.timeline)
    }

    @Test(
        "a mode is read from a body, and what is wrong with it is said",
        arguments: [
            (#"{"mode":"automatic"}"#, nil), (#" {"x":[1],"mode":"forcedOpen"} "#, nil), (#"{"mode":"disabled"}"#, nil),
            ("{}", "mode is missing"), (#"{"mode":1}"#, "mode must be a string, is a number"),
            (#"{"mode":"off"}"#, "mode must be one of automatic, forcedOpen, disabled"),
            (#"{"mode":"disabled","mode":"automatic"}"#, "mode is given more than once"),
            ("[]", "the body is not a JSON object: an array starts here (at byte 0)"),
        ]
    )
    func modes(body: String, message: String?) {
        let result = Result { () throws(ServiceError) in try BreakerStatus.Mode(checking: ByteBuffer(string: body)) }
        #expect(result.error?.message == message)
        #expect(result.error.map { $0.kind == .invalid } ?? true)
    }
}
