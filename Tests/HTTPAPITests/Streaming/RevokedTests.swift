import EventService
import EventServiceTestSupport
import HTTPAPI
import HTTPTypes
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@Suite("A stream whose token is taken back", .timeLimit(.minutes(3)))
struct RevokedTests {
    private static let token = "0123456789abcdef"

    @Test("ends with the next event, and says why")
    func revoked() async throws {
        var configuration = HTTPAPIConfiguration()
        configuration.tokens = try AccessTokens(parsing: "one read \(Self.token)")
        let harness = try APIHarness(.working(), configuration: configuration)
        let api = harness.httpAPI
        let accessControl = api.accessControl
        try await api.application().test(.live) { client in
            let port = try #require(client.port)
            try await RawClient.run(port: port) { raw in
                try await raw.send(
                    "GET /v1/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(Self.token)\r\n\r\n"
                )
                try await raw.wait { $0.contains("snapshot") }
                accessControl.replace(tokens: try AccessTokens(parsing: "two read fedcba9876543210"))
                harness.service.setAPIURL("http://elsewhere.test")
                // Whether the stream still waits for more to send together can't be seen from here.
                while !raw.leftOver.contains(#"{"reason":"revoked"}"#) {
                    try Task.checkCancellation()
                    harness.clock.advance(by: .milliseconds(50))
                    await Task.yield()
                }
            }
        }
    }
}
