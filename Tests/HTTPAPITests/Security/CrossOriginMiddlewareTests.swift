import EventService
import EventServiceTestSupport
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import HTTPAPI

@Suite("Cross-origin resource sharing", .timeLimit(.minutes(3)))
struct CrossOriginMiddlewareTests {
    private func harness(_ origins: AllowedOrigins) throws -> APIHarness {
        var configuration = HTTPAPIConfiguration()
        configuration.allowedOrigins = origins
        configuration.tokens = try AdmissionHarness.tokens("reader read")
        return try APIHarness(.working(), configuration: configuration)
    }

    private let bearer = "Bearer \(AdmissionHarness.token("reader"))"
    private let two = AllowedOrigins.these(["http://app.test", "https://two.test"])

    @Test(
        "lets the pages of each allowed origin read what is answered",
        arguments: ["http://app.test", "https://two.test"]
    )
    func allowed(origin: String) async throws {
        let response = try await harness(two).answer("/getUsers", headers: [.origin: origin, .authorization: bearer])
        #expect(response.status == .ok)
        #expect(response.headers[.accessControlAllowOrigin] == origin)
        #expect(response.headers[.vary] == "Origin")
        #expect(response.headers[.accessControlAllowCredentials] == nil)
        let exposed = try #require(response.headers[.accessControlExposeHeaders]).split(separator: ", ")
        for name in ["ETag", "Link", "RateLimit", "Retry-After", "Evenkeel-Missing", "X-Request-Id", "Cache-Status"] {
            #expect(exposed.contains(Substring(name)))
        }
    }

    @Test("lets them read errors as well", arguments: [("/getUsers", 401), ("/nothing", 404), ("/addEvent", 405)])
    func errors(path: String, status: Int) async throws {
        let response = try await harness(two).answer(path, headers: [.origin: "http://app.test"])
        #expect(response.status.code == status)
        #expect(response.headers[.accessControlAllowOrigin] == "http://app.test")
        #expect(response.headers[.accessControlExposeHeaders]?.contains("WWW-Authenticate") == true)
    }

    @Test(
        "tells no other page anything, but caches that it could be otherwise",
        arguments: [nil, "http://evil.test", "null", "http://app.test.evil"] as [String?]
    )
    func others(origin: String?) async throws {
        var headers: HTTPFields = [.authorization: bearer]
        headers[.origin] = origin
        let response = try await harness(two).answer("/getUsers", headers: headers)
        #expect(response.status == .ok)
        #expect(response.headers[.accessControlAllowOrigin] == nil)
        #expect(response.headers[.accessControlExposeHeaders] == nil)
        #expect(response.headers[.vary] == "Origin")
    }

    @Test(
        "lets every page read everything where that is set",
        arguments: [nil, "http://app.test", "null"] as [String?]
    )
    func any(origin: String?) async throws {
        var headers: HTTPFields = [.authorization: bearer]
        headers[.origin] = origin
        let response = try await harness(.any).answer("/getUsers", headers: headers)
        #expect(response.headers[.accessControlAllowOrigin] == "*")
        #expect(response.headers[.accessControlAllowCredentials] == nil)
        #expect(response.headers[.vary] == nil)
    }

    @Test(
        "answers a browser that asks first, without a token, with the methods of the path",
        arguments: [("/v1/events", "GET, HEAD, POST"), ("/addEvent", "POST"), ("/v1/users/7/events", "GET, HEAD")]
    )
    func preflight(path: String, methods: String) async throws {
        let harness = try harness(two)
        let response = try await harness.answer(path, .options, headers: Self.question("http://app.test"))
        #expect(response.status == .noContent)
        #expect(response.text.isEmpty)
        #expect(response.headers[.accessControlAllowOrigin] == "http://app.test")
        #expect(response.headers[.accessControlAllowMethods] == methods)
        #expect(response.headers[.accessControlMaxAge] == "7200")
        #expect(response.headers[.vary] == "Origin")
        let allowed = try #require(response.headers[.accessControlAllowHeaders]).lowercased().split(separator: ", ")
        for name in [
            "authorization", "content-type", "idempotency-key", "if-none-match", "prefer", "traceparent",
            "x-request-id",
        ] {
            #expect(allowed.contains(Substring(name)))
        }
        #expect(response.headers[.requestID] != nil)
        #expect(harness.api.record.calls.isEmpty)
    }

    @Test("doesn't promise what isn't there, or what isn't allowed")
    func refusedPreflight() async throws {
        let harness = try harness(two)
        let unknown = try await harness.answer("/nothing", .options, headers: Self.question("http://app.test"))
        #expect(unknown.status == .notFound)
        #expect(unknown.headers[.accessControlAllowMethods] == nil)
        let evil = try await harness.answer("/v1/events", .options, headers: Self.question("http://evil.test"))
        #expect(evil.status == .forbidden)
        #expect(evil.headers[.accessControlAllowOrigin] == nil)
        #expect(evil.headers[.accessControlAllowMethods] == nil)
        #expect(try ReadProblem(evil).type == "urn:evenkeel:problem:cross-origin")
    }

    @Test("takes an OPTIONS that asks nothing for the unknown method that it is")
    func plainOptions() async throws {
        let harness = try harness(two)
        for headers in [[:], [.origin: "http://app.test"], [.accessControlRequestMethod: "POST"]] as [HTTPFields] {
            let response = try await harness.answer("/v1/events", .options, headers: headers)
            #expect(response.status == .methodNotAllowed)
            #expect(response.headers[.allow] == "GET, HEAD, POST")
        }
    }

    @Test("says nothing where no origin is allowed")
    func off() async throws {
        let harness = try APIHarness(.working())
        let response = try await harness.answer("/getUsers", headers: [.origin: "http://app.test"])
        #expect(response.headers[.accessControlAllowOrigin] == nil)
        #expect(response.headers[.vary] == nil)
        let question = try await harness.answer("/v1/events", .options, headers: Self.question("http://app.test"))
        #expect(question.status == .methodNotAllowed)
        #expect(question.headers[.accessControlAllowMethods] == nil)
    }

    private static func question(_ origin: String) -> HTTPFields {
        [.origin: origin, .accessControlRequestMethod: "POST", .accessControlRequestHeaders: "authorization"]
    }
}
