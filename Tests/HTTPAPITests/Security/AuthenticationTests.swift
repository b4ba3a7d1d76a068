import EventService
import EventServiceTestSupport
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Resilience
import TestSupport
import Testing

@testable import HTTPAPI

/// What a client reads that isn't let through.
@Suite("Authentication over HTTP", .timeLimit(.minutes(3)))
struct AuthenticationTests {
    private static let body = #"{"name":"n","userId":"1"}"#

    private func harness(
        _ log: RecordingLog = RecordingLog(),
        _ configure: (inout HTTPAPIConfiguration) throws -> Void = { _ in }
    ) throws -> APIHarness {
        var configuration = HTTPAPIConfiguration()
        configuration.tokens = try AdmissionHarness.tokens("reader read", "writer write")
        try configure(&configuration)
        return try APIHarness(.working(), logger: log.logger, configuration: configuration)
    }

    private func bearer(_ name: String) -> HTTPFields {
        [.authorization: "Bearer \(AdmissionHarness.token(name))"]
    }

    @Test("is a 401 with a challenge, with an error only where a token was sent")
    func unauthorized() async throws {
        let harness = try harness()
        let cases: [(HTTPFields, String, String)] = [
            (
                [:], #"Bearer realm="evenkeel""#,
                "this needs a token: send it as Authorization: Bearer, followed by the token"
            ),
            (
                [.authorization: "Basic YTpi"], #"Bearer realm="evenkeel""#,
                "this needs a token: send it as Authorization: Bearer, followed by the token"
            ),
            (bearer("other"), #"Bearer realm="evenkeel", error="invalid_token""#, "the token is not known here"),
            (
                [.authorization: "Bearer a b"], #"Bearer realm="evenkeel", error="invalid_token""#,
                "the token is not known here"
            ),
        ]
        for (headers, challenge, detail) in cases {
            let response = try await harness.answer("/v1/users", headers: headers)
            #expect(response.status == .unauthorized)
            #expect(response.headers[.wwwAuthenticate] == challenge)
            let problem = try ReadProblem(response)
            #expect(problem.type == "urn:evenkeel:problem:unauthorized")
            #expect(problem.detail == detail)
        }
        #expect(harness.api.record.calls.isEmpty)
    }

    @Test("is a 403 that names the scope which is missing")
    func insufficientScope() async throws {
        let harness = try harness()
        let response = try await harness.answer("/addEvent", .post, headers: bearer("reader"), body: Self.body)
        #expect(response.status == .forbidden)
        #expect(
            response.headers[.wwwAuthenticate] == #"Bearer realm="evenkeel", error="insufficient_scope", scope="write""#
        )
        let problem = try ReadProblem(response)
        #expect(problem.type == "urn:evenkeel:problem:insufficient-scope")
        #expect(problem.detail == "this needs a token with the scope write")
        #expect(harness.api.record.calls.isEmpty)
        #expect(try await harness.answer("/addEvent", .post, headers: bearer("writer"), body: Self.body).status == .ok)
        #expect(try await harness.answer("/getUsers", headers: bearer("writer")).status == .forbidden)
        #expect(try await harness.answer("/getUsers", headers: bearer("reader")).status == .ok)
    }

    @Test("holds for a HEAD as for its GET")
    func head() async throws {
        let harness = try harness()
        let refused = try await harness.answer("/getUsers", .head)
        #expect(refused.status == .unauthorized)
        #expect(refused.headers[.wwwAuthenticate] == #"Bearer realm="evenkeel""#)
        #expect(refused.text.isEmpty)
        #expect(try await harness.answer("/getUsers", .head, headers: bearer("reader")).status == .ok)
        #expect(try await harness.answer("/healthz", .head).status == .ok)
    }

    @Test("isn't asked for where the description says so, and everywhere else")
    func everyRoute() async throws {
        let harness = try harness()
        for endpoint in harness.httpAPI.endpoints {
            let path = endpoint.path.replacing(/\{[^}]*\}/, with: "1")
            let response = try await harness.answer(path, endpoint.method)
            #expect((response.status == .unauthorized) == (endpoint.operation.access != .open), "\(endpoint.path)")
        }
    }

    @Test("isn't asked for where there is no such route or method", arguments: [("/nothing", 404), ("/addEvent", 405)])
    func noRoute(path: String, status: Int) async throws {
        #expect(try await harness().answer(path).status.code == status)
    }

    @Test("comes before the parameters, which are nobody's business without it")
    func beforeParameters() async throws {
        #expect(try await harness().answer("/v1/users?x=1").status == .unauthorized)
    }

    @Test("leaves a token's name in the log, and never a token")
    func log() async throws {
        let log = RecordingLog()
        let harness = try harness(log)
        _ = try await harness.answer("/getUsers", headers: bearer("reader"))
        _ = try await harness.answer("/addEvent", .post, headers: bearer("reader"), body: Self.body)
        _ = try await harness.answer("/getUsers", headers: bearer("other"))
        _ = try await harness.answer("/getUsers?access_token=\(AdmissionHarness.token("reader"))")
        let lines = log.lines.filter { $0.message == "Request answered" }
        #expect(lines.map { $0.metadata["client"] } == ["reader", "reader", nil, nil])
        #expect(lines.map { $0.metadata["status"] } == ["200", "403", "401", "401"])
        #expect(!log.lines.contains { "\($0)".contains("token-of") })
    }

    @Test("too many requests are a 429 that says when to come back")
    func rateLimited() async throws {
        let harness = try harness { configuration in
            configuration.tokens = nil
            configuration.rateLimit = try RateLimit(tokens: 1, per: .milliseconds(1500), burst: 1)
        }
        try await harness.run { client in
            let first = try await client.execute(uri: "/v1/users", method: .get)
            #expect(first.status == .ok)
            #expect(first.header("RateLimit") == #""default";r=0;t=2"#)
            #expect(first.header("RateLimit-Policy") == #""default";q=1;w=2"#)
            harness.clock.advance(by: .milliseconds(400))
            let second = try await client.execute(uri: "/v1/users", method: .get)
            #expect(second.status == .tooManyRequests)
            #expect(second.header("Retry-After") == "2")
            #expect(second.header("RateLimit") == #""default";r=0;t=2"#)
            let problem = try ReadProblem(second)
            #expect(problem.type == "urn:evenkeel:problem:too-many-requests")
            #expect(problem.retryAfter == 2)
            let health = try await client.execute(uri: "/healthz", method: .get)
            #expect(health.status == .ok)
            #expect(health.header("RateLimit") == nil)
            harness.clock.advance(by: .milliseconds(1100))
            #expect(
                try await client.execute(uri: "/v1/users?x=1", method: .get).header("RateLimit")
                    == #""default";r=0;t=2"#
            )
        }
    }

    @Test("the limits of an error that the events API caused are told, too")
    func limitsOfErrors() async throws {
        var configuration = HTTPAPIConfiguration()
        configuration.rateLimit = try RateLimit(tokens: 5, per: .seconds(1))
        let harness = try APIHarness(.failing(.refused), configuration: configuration)
        let response = try await harness.answer("/v1/users")
        #expect(response.status == .serviceUnavailable)
        #expect(response.header("RateLimit") == #""default";r=4;t=1"#)
    }

    @Test("a request under a foreign name is a 421 that says which names there are")
    func misdirected() async throws {
        try await APIHarness(.working()).run(.live) { client in
            try await RawClient.run(port: client.port) { raw in
                try await raw.send("GET /getUsers HTTP/1.1\r\nHost: evil.test:3000\r\n\r\n")
                let answer = try await raw.answer()
                #expect(answer.status == 421)
                #expect(answer.body.contains("urn:evenkeel:problem:misdirected-request"))
                #expect(answer.body.contains("this service is not evil.test:3000"))
                try await raw.get("/getUsers")
                #expect(try await raw.answer().status == 200)
            }
        }
    }

    @Test("each connection of this machine is counted by its address")
    func liveAddress() async throws {
        var configuration = HTTPAPIConfiguration()
        configuration.rateLimit = try RateLimit(tokens: 1, per: .seconds(60))
        try await APIHarness(.working(), configuration: configuration).run(.live) { client in
            var statuses: [Int] = []
            for _ in 0..<2 {
                statuses.append(
                    try await RawClient.run(port: client.port) { raw in
                        try await raw.get("/getUsers")
                        return try await raw.answer().status
                    }
                )
            }
            #expect(statuses == [200, 429])
        }
    }

    @Test("what a page of another origin wants to change is a 403 of its own kind")
    func crossOrigin() async throws {
        let harness = try APIHarness(.working())
        let response = try await harness.answer(
            "/addEvent",
            .post,
            headers: [.origin: "http://evil.test"],
            body: Self.body
        )
        #expect(response.status == .forbidden)
        #expect(response.headers[.wwwAuthenticate] == nil)
        #expect(try ReadProblem(response).type == "urn:evenkeel:problem:cross-origin")
        #expect(harness.api.record.calls.isEmpty)
    }

    @Test("what is switched off says how it is switched on")
    func administrationOff() throws {
        let problem = Problem(AccessRefusal.administrationOff)
        #expect(problem.name == "administration-off")
        #expect(problem.status == .forbidden)
        #expect(problem.headers.isEmpty)
        #expect(problem.detail.contains("API_TOKENS_FILE"))
    }
}
