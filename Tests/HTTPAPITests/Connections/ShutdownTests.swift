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

    private static func waitUntilRefused(port: Int?) async {
        while let client = try? await RawClient.connect(port: port) { await client.close() }
    }
}
