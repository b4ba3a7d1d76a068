import EventService
import EventServiceTestSupport
import NIOCore
import Testing

@Suite("Identical reads under way at once", .timeLimit(.minutes(3)))
struct SharedReadsTests {
    @Test("share one call to the events API, and all get its answer", arguments: Read.allCases)
    func shared(read: Read) async throws {
        let gate = Gate()
        let harness = try held(by: gate)
        try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<100 { group.addTask { try await read.answer(harness).text } }
            try await harness.api.wait { $0.underWay == 1 }
            // A hundredth that had not joined by now would be a second call.
            for _ in 0..<1_000 { await Task.yield() }
            gate.open()
            var answers: Set<String> = []
            for try await answer in group { answers.insert(answer) }
            #expect(answers.count == 1)
        }
        let calls = harness.api.record.calls
        #expect(calls.count == read.calls, "the user and both events, or the list")
    }

    @Test("are not one with a read that is over", arguments: Read.allCases)
    func over(read: Read) async throws {
        let harness = try ServiceHarness(.working(events: ["a", "b"]))
        _ = try await read.answer(harness)
        let calls = harness.api.record.calls.count
        _ = try await read.answer(harness)
        #expect(harness.api.record.calls.count == 2 * calls)
    }

    @Test("one that goes away leaves the others their answer", arguments: Read.allCases)
    func oneLeaves(read: Read) async throws {
        let gate = Gate()
        let harness = try held(by: gate)
        let first = Task { try await read.answer(harness).text }
        try await harness.api.wait { $0.underWay == 1 }
        let second = Task { try await read.answer(harness).text }
        for _ in 0..<100 { await Task.yield() }
        first.cancel()
        await #expect(throws: ServiceError.self) { try await first.value }
        #expect(harness.api.record.underWay == 1)
        gate.open()
        #expect(try await !second.value.isEmpty)
        #expect(harness.api.record.cancelled == 0)
    }

    @Test("an event that is added meanwhile is in every read that begins after it", arguments: Read.allCases)
    func readYourWrites(read: Read) async throws {
        let gate = Gate()
        let harness = try ServiceHarness(
            FakeEventsAPI { (call, context) throws(UpstreamError) in
                if call.route.isRead, context.requestID == "early" { try await gate.pass() }
                return try await FakeEventsAPI.success(events: ["a", "b"])(call, context)
            }
        )
        let early = Task {
            _ = try await read.answer(harness, for: CallContext(requestID: "early"))
        }
        try await harness.api.wait { $0.underWay == 1 }
        let event = ByteBuffer(string: #"{"id":"b","name":"Talk","userId":"1"}"#)
        #expect(await harness.add(event).error == nil)
        // It would never end if it waited for the early one, whose answer may lack the event.
        _ = try await read.answer(harness)
        gate.open()
        try await early.value
    }

    @Test("of users whose identifiers only look the same are two")
    func normalisation() async throws {
        let gate = Gate()
        let harness = try held(by: gate)
        async let first = Read.eventsOfUser.answer(harness, userID: "\u{E9}")
        async let second = Read.eventsOfUser.answer(harness, userID: "e\u{301}")
        try await harness.api.wait { $0.underWay == 2 }
        gate.open()
        _ = try await (first, second)
    }

    private func held(by gate: Gate) throws -> ServiceHarness {
        try ServiceHarness(
            FakeEventsAPI { (call, context) throws(UpstreamError) in
                try await gate.pass()
                return try await FakeEventsAPI.success(events: ["a", "b"])(call, context)
            }
        )
    }
}
