import EventService
import EventServiceTestSupport
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Graceful shutdown", .timeLimit(.minutes(3)))
struct ShutdownTests {
    @Test("stops accepting, finishes what is under way, and ends idle connections")
    func finishes() async throws {
        let gate = Gate()
        let harness = try APIHarness(
            FakeEventsAPI { (call, context) throws(UpstreamError) in
                try await gate.pass()
                return try await FakeEventsAPI.success()(call, context)
            }
        )
        let (busy, idle, port) = try await harness.run(.live) { client in
            let idle = try await RawClient.connect(port: client.port)
            try await idle.get("/healthz")
            #expect(try await idle.answer().status == 200)
            let busy = try await RawClient.connect(port: client.port)
            try await busy.get("/getUsers")
            try await harness.api.wait { $0.underWay == 1 }
            harness.service.setPhase(.draining)
            Task {
                // The shutdown begins when this closure returns; it is under way when nobody is accepted any more.
                await Self.waitUntilRefused(port: client.port)
                try await idle.waitForEnd()
                #expect(harness.api.record.underWay == 1)
                gate.open()
            }
            return (busy, idle, client.port)
        }
        // The server has stopped.
        let answer = try await busy.answer()
        #expect(answer.status == 200)
        #expect(answer.headers["connection"] == "close")
        #expect(harness.api.record.cancelled == 0)
        try await busy.waitForEnd()
        try await idle.waitForEnd()
        await #expect(throws: (any Error).self) { try await RawClient.connect(port: port) }
    }

    @Test("lets a client that is slow have all of the answer that is being sent")
    func slowReader() async throws {
        // More than the system takes for a client that reads nothing.
        let length = 12 << 20
        let log = RecordingLog()
        let harness = try APIHarness(
            FakeEventsAPI { (_, _) throws(UpstreamError) in
                AnswerBody.array([AnswerBody.user("1", name: String(repeating: "x", count: length))])
            },
            logger: log.logger
        ) {
            $0.cache.lifetime = .seconds(60)
            $0.cache.maximumSize = 2 * length
        }
        let slow = try await harness.run(.live) { client in
            _ = try await client.execute(uri: "/getUsers", method: .head)
            let slow = try await RawClient.connect(port: client.port, isReading: false)
            try await slow.get("/getUsers")
            // The answer is kept, so it is written in the turn in which the log tells of it.
            while log.lines.count(where: { $0.message == "Request answered" }) < 2 { await Task.yield() }
            let idle = try await RawClient.connect(port: client.port)
            try await idle.get("/healthz")
            _ = try await idle.answer()
            Task {
                try await idle.waitForEnd()
                try await slow.beginReading()
            }
            return slow
        }
        try await slow.waitForEnd()
        #expect(slow.leftOver.utf8.count > length)
    }

    private static func waitUntilRefused(port: Int?) async {
        while let client = try? await RawClient.connect(port: port) { await client.close() }
    }
}
