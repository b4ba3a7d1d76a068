import EventService
import EventServiceTestSupport
import HTTPAPI
import Hummingbird
import HummingbirdTesting
import Testing

/// These wait for a time-out of the socket, which only real time brings: a short one.
@Suite("A connection on which nothing happens", .timeLimit(.minutes(3)))
struct IdleTests {
    @Test("is closed after the idle time")
    func idle() async throws {
        let harness = try APIHarness(.working(), configuration: idle(after: .milliseconds(50)))
        try await harness.run(.live) { client in
            try await RawClient.run(port: client.port) { try await $0.waitForEnd() }
        }
    }

    @Test("is told so after the time of what it began", arguments: ["head", "body"])
    func begun(part: String) async throws {
        var configuration = HTTPAPIConfiguration()
        let path = part == "head" ? \HTTPAPIConfiguration.headTimeout : \.bodyProgressTimeout
        configuration[keyPath: path] = .milliseconds(50)
        let harness = try APIHarness(.working(), configuration: configuration)
        try await harness.run(.live) { client in
            try await RawClient.run(port: client.port) { raw in
                let rest = part == "head" ? "" : " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{"
                try await raw.send("POST /addEvent" + rest)
                let answer = try await raw.answer()
                #expect(answer.status == 408)
                #expect(answer.headers["content-type"] == "application/problem+json")
                #expect(answer.headers["connection"] == "close")
                try await raw.waitForEnd()
            }
        }
        #expect(harness.api.record.calls.isEmpty)
    }

    @Test("is closed after the idle time also when it had requests before")
    func idleAfterRequest() async throws {
        let harness = try APIHarness(.working(), configuration: idle(after: Self.patience))
        try await harness.run(.live) { client in
            try await RawClient.run(port: client.port) { raw in
                try await raw.get("/getUsers")
                #expect(try await raw.answer().status == 200)
                try await raw.waitForEnd()
            }
        }
    }

    @Test("is kept while its request is under way, however long that takes")
    func underWay() async throws {
        let gate = Gate()
        let harness = try APIHarness(
            FakeEventsAPI { (call, context) throws(UpstreamError) in
                try await gate.pass()
                return try await FakeEventsAPI.success()(call, context)
            },
            configuration: idle(after: Self.patience)
        )
        try await harness.run(.live) { client in
            try await RawClient.run(port: client.port) { raw in
                try await raw.get("/getUsers")
                try await harness.api.wait { $0.underWay == 1 }
                // Two others that began later are closed meanwhile: so twice the idle time has passed.
                for _ in 1...2 { try await RawClient.run(port: client.port) { try await $0.waitForEnd() } }
                gate.open()
                #expect(try await raw.answer().status == 200)
            }
        }
        #expect(harness.api.record.cancelled == 0)
    }

    /// Long enough for a busy machine to send something in time.
    private static let patience = Duration.seconds(3)

    private func idle(after time: Duration) -> HTTPAPIConfiguration {
        var configuration = HTTPAPIConfiguration()
        configuration.idleTimeout = time
        return configuration
    }
}
