import EventServiceTestSupport
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import HTTPAPI

@Suite("The streams of one client", .timeLimit(.minutes(3)))
struct StreamLimitTests {
    private func streams(_ configure: (inout HTTPAPIConfiguration) -> Void) throws -> EventStreams {
        var configuration = HTTPAPIConfiguration()
        configure(&configuration)
        return try APIHarness(.working(), configuration: configuration).httpAPI.streams
    }

    @Test("are no more than its limit, and others have theirs")
    func limit() throws {
        let streams = try streams { $0.maximumStreamsPerClient = 2 }
        let clients: [ClientKey] = [.ipv4(1), .ipv6(1), .token("1")]
        let open = try clients.flatMap { client in try (1...2).map { _ in try streams.open(for: client) } }
        for client in clients {
            #expect { try streams.open(for: client) } throws: { error in
                (error as? Problem)?.name == "too-many-streams-of-client"
            }
        }
        #expect(streams.count == 6)
        withExtendedLifetime(open) {}
    }

    @Test("may be replaced by others when they are gone")
    func leaving() throws {
        let streams = try streams { $0.maximumStreamsPerClient = 1 }
        for _ in 1...3 {
            let stream = try streams.open(for: .ipv4(1))
            #expect(throws: Problem.self) { try streams.open(for: .ipv4(1)) }
            withExtendedLifetime(stream) {}
        }
    }

    @Test("have no limit of their own on this machine")
    func local() throws {
        let streams = try streams { $0.maximumStreamsPerClient = 1 }
        let open = try (1...100).map { _ in try streams.open(for: .local) }
        #expect { try streams.open(for: .local) } throws: { ($0 as? Problem)?.name == "too-many-streams" }
        withExtendedLifetime(open) {}
    }

    @Test("that are refused because there are too many altogether don't count")
    func both() throws {
        let streams = try streams {
            $0.maximumStreams = 1
            $0.maximumStreamsPerClient = 1
        }
        let other = try streams.open(for: .local)
        for _ in 1...3 {
            #expect { try streams.open(for: .ipv4(1)) } throws: { ($0 as? Problem)?.name == "too-many-streams" }
        }
        withExtendedLifetime(other) {}
    }

    @Test("are counted by the token, and a refusal says what to do")
    func tokens() async throws {
        var configuration = HTTPAPIConfiguration()
        configuration.maximumStreamsPerClient = 1
        configuration.tokens = try AccessTokens(parsing: "one read 0123456789abcdef\ntwo read fedcba9876543210")
        let harness = try APIHarness(.working(), configuration: configuration)
        let first = "Authorization: Bearer 0123456789abcdef"
        try await harness.run(.live) { client in
            try await RawClient.run(port: client.port) { stays in
                try await stays.get("/v1/stream", headers: [first])
                try await stays.wait { $0.contains("event: snapshot\n") }
                try await RawClient.run(port: client.port) { refused in
                    try await refused.get("/v1/stream", headers: [first])
                    let answer = try await refused.answer()
                    #expect(answer.status == 429)
                    #expect(answer.headers["retry-after"] == "10")
                    #expect(answer.body.contains("urn:evenkeel:problem:too-many-streams-of-client"))
                    #expect(answer.body.contains("a client may have at most 1 streams open: close one"))
                }
                try await RawClient.run(port: client.port) { other in
                    try await other.get("/v1/stream", headers: ["Authorization: Bearer fedcba9876543210"])
                    try await other.wait { $0.contains("event: snapshot\n") }
                }
            }
        }
    }
}
