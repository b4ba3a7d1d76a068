import EventServiceTestSupport
import HTTPTypes
import HummingbirdTesting
import Resilience
import TestSupport
import Testing

@testable import HTTPAPI

@Suite("Rate limit of each client")
struct ClientRateLimitTests {
    private let limit: RateLimit

    init() throws {
        limit = try RateLimit(tokens: 2, per: .seconds(1), burst: 3)
    }

    private func harness(_ tokens: AccessTokens? = nil) -> AdmissionHarness {
        AdmissionHarness {
            $0.rateLimit = limit
            $0.tokens = tokens
        }
    }

    private func limited(after milliseconds: Int) -> AccessRefusal {
        .rateLimited(retryAfter: .milliseconds(milliseconds))
    }

    @Test("lets a burst pass, then as many as come back")
    func burst() throws {
        let harness = harness()
        for _ in 0..<3 { #expect(try harness.admit().refusal == nil) }
        #expect(try harness.admit().refusal == limited(after: 500))
        harness.clock.advance(by: .milliseconds(499))
        #expect(try harness.admit().refusal == limited(after: 1))
        harness.clock.advance(by: .milliseconds(1))
        #expect(try harness.admit().refusal == nil)
        #expect(try harness.admit().refusal == limited(after: 500))
    }

    @Test("says in every answer what there is and what is left, in whole seconds, rounded up")
    func fields() throws {
        let harness = harness()
        let policy = try #require(HTTPField.Name("RateLimit-Policy"))
        let name = try #require(HTTPField.Name("RateLimit"))
        var fields: [String?] = []
        for _ in 0..<4 {
            let notes = try harness.admit().notes
            #expect(notes.fields[policy] == #""default";q=3;w=2"#)
            fields.append(notes.fields[name])
        }
        #expect(
            fields == [#""default";r=2;t=1"#, #""default";r=1;t=1"#, #""default";r=0;t=2"#, #""default";r=0;t=2"#]
        )
    }

    @Test("is of each address, and of the network where that is IPv6")
    func addresses() throws {
        let harness = harness()
        for _ in 0..<3 { #expect(try harness.admit(from: "192.0.2.1").refusal == nil) }
        #expect(try harness.admit(from: "192.0.2.1").refusal != nil)
        #expect(try harness.admit(from: "::ffff:192.0.2.1").refusal != nil)
        #expect(try harness.admit(from: "192.0.2.2").refusal == nil)
        for host in 1...3 { #expect(try harness.admit(from: "2001:db8::\(host)").refusal == nil) }
        #expect(try harness.admit(from: "2001:db8::4").refusal != nil)
        #expect(try harness.admit(from: "2001:db8:0:1::4").refusal == nil)
    }

    @Test("doesn't believe what a client says about its address")
    func forwarded() throws {
        let harness = harness()
        let name = try #require(HTTPField.Name("X-Forwarded-For"))
        for number in 0..<3 { _ = try harness.admit(from: "192.0.2.1", headers: [name: "10.0.0.\(number)"]) }
        #expect(try harness.admit(from: "192.0.2.1", headers: [name: "10.0.0.9"]).refusal == limited(after: 500))
    }

    @Test("is of each token, from wherever it is used")
    func tokens() throws {
        let harness = harness(try AdmissionHarness.tokens("one read", "two read"))
        for host in 1...3 { #expect(try harness.admit(as: "one", from: "192.0.2.\(host)").refusal == nil) }
        #expect(try harness.admit(as: "one", from: "192.0.2.9").refusal == limited(after: 500))
        #expect(try harness.admit(as: "two", from: "192.0.2.9").refusal == nil)
    }

    @Test("counts what fails to authenticate by its address, and holds back nobody who has a token")
    func guessing() throws {
        let harness = harness(try AdmissionHarness.tokens("one read"))
        let address = "192.0.2.1"
        for name in ["a", "b", nil] as [String?] {
            #expect(try harness.admit(as: name, from: address).refusal == .unauthenticated(sentToken: name != nil))
        }
        #expect(try harness.admit(as: "c", from: address).refusal == limited(after: 500))
        #expect(try harness.admit(from: address).refusal == limited(after: 500))
        #expect(try harness.admit(as: "one", from: address).refusal == nil)
        #expect(try harness.admit(as: "c", from: "192.0.2.2").refusal == .unauthenticated(sentToken: true))
    }

    @Test("counts what a token isn't allowed to do")
    func insufficientScope() throws {
        let harness = harness(try AdmissionHarness.tokens("one read"))
        for _ in 0..<3 { #expect(try harness.admit(.write, as: "one").refusal == .insufficientScope(.write)) }
        #expect(try harness.admit(.write, as: "one").refusal == limited(after: 500))
    }

    @Test("spares what is open, and what a page may not send")
    func exempt() throws {
        let harness = harness()
        for _ in 0..<9 { #expect(try harness.admit(.open).refusal == nil) }
        for _ in 0..<9 { _ = try harness.admit(.write, .post, headers: [.origin: "http://evil.test"]) }
        let notes = try harness.admit().notes
        #expect(notes.fields.map(\.value).contains(#""default";r=2;t=1"#))
        #expect(try harness.admit(.open).notes.fields.isEmpty)
    }

    @Test(
        "counts what no route takes, by its token or else its address",
        arguments: [(.get, "/nothing", .notFound), (.delete, "/v1/users", .methodNotAllowed)]
            as [(HTTPRequest.Method, String, HTTPResponse.Status)]
    )
    func unrouted(method: HTTPRequest.Method, path: String, status: HTTPResponse.Status) async throws {
        var configuration = HTTPAPIConfiguration()
        configuration.rateLimit = limit
        configuration.tokens = try AdmissionHarness.tokens("one read")
        let api = try APIHarness(.working(), configuration: configuration)
        try await api.run { client in
            let token: HTTPFields = [.authorization: "Bearer \(AdmissionHarness.token("one"))"]
            for headers in [[:], token] {
                for _ in 0..<3 {
                    #expect(try await client.execute(uri: path, method: method, headers: headers).status == status)
                }
                let refusal = try await client.execute(uri: path, method: method, headers: headers)
                #expect(refusal.status == .tooManyRequests)
                #expect(refusal.header("RateLimit") == #""default";r=0;t=2"#)
                #expect(refusal.headers[.retryAfter] == "1")
            }
            #expect(try await client.execute(uri: "/v1/users", method: .get, headers: token).status == .tooManyRequests)
            #expect(try await client.execute(uri: "/healthz", method: .get).status == .ok)
        }
    }

    @Test("is off unless it is set")
    func off() throws {
        let harness = AdmissionHarness()
        for _ in 0..<100 { #expect(try harness.admit().refusal == nil) }
        #expect(try harness.admit().notes.fields.isEmpty)
    }

    @Test("can be replaced: the same one goes on, another one begins anew, and none is none")
    func replacing() throws {
        let harness = harness()
        for _ in 0..<3 { _ = try harness.admit() }
        harness.control.replace(rateLimit: limit)
        #expect(try harness.admit().refusal == limited(after: 500))
        harness.control.replace(rateLimit: try RateLimit(tokens: 1, per: .seconds(1), burst: 1))
        #expect(try harness.admit().refusal == nil)
        #expect(try harness.admit().refusal == limited(after: 1000))
        harness.control.replace(rateLimit: nil)
        #expect(try harness.admit().refusal == nil)
    }
}
