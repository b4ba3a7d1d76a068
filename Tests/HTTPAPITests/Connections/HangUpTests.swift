import EventService
import EventServiceTestSupport
import Hummingbird
import HummingbirdTesting
import Logging
import Testing

@Suite("A client that hangs up", .timeLimit(.minutes(3)))
struct HangUpTests {
    enum Goodbye: CaseIterable {
        case close, reset, closeOutput
    }

    @Test("cancels every upstream call of its request", arguments: Goodbye.allCases)
    func cancels(goodbye: Goodbye) async throws {
        let harness = try APIHarness(hangingEvents(count: 20))
        try await harness.run(.live) { client in
            try await RawClient.run(port: client.port) { raw in
                try await raw.get("/getEventsByUserId/1")
                try await harness.api.wait { $0.underWay == 20 }
                switch goodbye {
                case .close: await raw.close()
                case .reset: try await raw.reset()
                case .closeOutput: try await raw.closeOutput()
                }
                try await harness.api.wait { $0.underWay == 0 }
            }
        }
        #expect(harness.api.record.cancelled == 20)
        let totals = harness.service.snapshot().breakers.map(\.totals)
        #expect(totals.allSatisfy { $0.failed == 0 })
        #expect(totals.map(\.ignored).reduce(0, +) == 20)
    }

    @Test("cancels an event that is being added")
    func cancelsAdding() async throws {
        let harness = try APIHarness(
            FakeEventsAPI { (call, context) throws(UpstreamError) in
                if call.route == .addEvent { return try await FakeEventsAPI.hanging(call, context) }
                return try await FakeEventsAPI.success()(call, context)
            }
        )
        try await harness.run(.live) { client in
            try await RawClient.run(port: client.port) { raw in
                try await raw.post("/addEvent", body: #"{"name":"n","userId":"1"}"#)
                try await harness.api.wait { $0.count(.addEvent) == 1 }
                await raw.close()
                try await harness.api.wait { $0.underWay == 0 }
            }
        }
        #expect(harness.api.record.cancelled == 1)
    }

    @Test("cancels nobody else's request")
    func othersGoOn() async throws {
        let gate = Gate()
        let harness = try APIHarness(
            FakeEventsAPI { (call, context) throws(UpstreamError) in
                try await gate.pass()
                return try await FakeEventsAPI.success()(call, context)
            }
        )
        try await harness.run(.live) { client in
            try await RawClient.run(port: client.port) { stays in
                try await RawClient.run(port: client.port) { leaves in
                    try await stays.get("/getEvents")
                    try await harness.api.wait { $0.underWay == 1 }
                    try await leaves.get("/getUsers")
                    try await harness.api.wait { $0.underWay == 2 }
                    await leaves.close()
                    try await harness.api.wait { $0.underWay == 1 }
                }
                gate.open()
                #expect(try await stays.answer().status == 200)
            }
        }
        #expect(harness.api.record.cancelled == 1)
    }

    @Test("in the middle of its body says nothing about the server", arguments: [Goodbye.close, .reset])
    func inBody(goodbye: Goodbye) async throws {
        let log = RecordingLog()
        let harness = try APIHarness(.working(), logger: log.logger)
        try await harness.run(.live) { client in
            try await RawClient.run(port: client.port) { raw in
                try await raw.send("POST /addEvent HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{")
                // The server has the connection, for the next one is answered.
                _ = try await client.execute(uri: "/healthz", method: .get)
                if goodbye == .reset { try await raw.reset() } else { await raw.close() }
            }
            _ = try await client.execute(uri: "/healthz", method: .get)
        }
        #expect(harness.api.record.calls.isEmpty)
        #expect(log.lines.filter { $0.level >= .warning }.map(\.message) == [])
    }

    private func hangingEvents(count: Int) -> FakeEventsAPI {
        FakeEventsAPI { (call, context) throws(UpstreamError) in
            if case .event = call { return try await FakeEventsAPI.hanging(call, context) }
            return AnswerBody.user("1", events: (0..<count).map { "e\($0)" })
        }
    }
}
