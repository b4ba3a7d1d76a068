import HTTPTypes
import Testing

@testable import HTTPAPI

@Suite("Requests that a page sends")
struct CrossOriginRequestTests {
    private static let writes: [HTTPRequest.Method] = [.post, .put, .patch, .delete]

    private static func headers(origin: String? = nil, site: String? = nil) throws -> HTTPFields {
        var headers: HTTPFields = [:]
        headers[.origin] = origin
        headers[try #require(HTTPField.Name("Sec-Fetch-Site"))] = site
        return headers
    }

    @Test(
        "pass where the page is the service's own, or no page at all",
        arguments: [
            (nil, nil), ("http://localhost:3000", nil), ("https://localhost:3000", nil),
            ("http://localhost:3000", "same-origin"), (nil, "same-origin"), (nil, "none"),
            ("http://app.test", nil), ("http://app.test", "cross-site"),
        ] as [(String?, String?)]
    )
    func own(origin: String?, site: String?) throws {
        let harness = AdmissionHarness { $0.allowedOrigins = .these(["http://app.test"]) }
        for method in Self.writes {
            #expect(try harness.admit(.write, method, headers: Self.headers(origin: origin, site: site)).refusal == nil)
        }
    }

    @Test(
        "are refused where the page is of another origin and they change something",
        arguments: [
            ("http://evil.test", nil), ("null", nil), ("", nil), ("http://localhost:3001", nil),
            ("http://localhost", nil),
            ("localhost:3000", nil), ("http://localhost:3000.evil.test", nil),
            ("http://app.test, http://evil.test", nil),
            ("http://APP.test", nil), ("http://localhost:3001", "same-site"), ("http://evil.test", "cross-site"),
            ("null", "cross-site"), ("http://localhost:3000", "cross-site"),
        ] as [(String, String?)]
    )
    func others(origin: String, site: String?) throws {
        let harness = AdmissionHarness { $0.allowedOrigins = .these(["http://app.test"]) }
        let headers = try Self.headers(origin: origin, site: site)
        for method in Self.writes {
            #expect(try harness.admit(.write, method, headers: headers).refusal == .crossOrigin(origin))
        }
        for method in [HTTPRequest.Method.get, .head] {
            #expect(try harness.admit(.read, method, headers: headers).refusal == nil)
        }
    }

    @Test("are refused where a browser says that they come from elsewhere, without a word from where")
    func siteAlone() throws {
        let headers = try Self.headers(site: "cross-site")
        #expect(try AdmissionHarness().admit(.write, .post, headers: headers).refusal == .crossOrigin("another site"))
    }

    @Test("are refused before a token is looked at, and cost its owner nothing")
    func beforeTokens() throws {
        let tokens = try AdmissionHarness.tokens("one write")
        let harness = AdmissionHarness { $0.tokens = tokens }
        let headers = try Self.headers(origin: "http://evil.test")
        #expect(
            try harness.admit(.write, .post, as: "one", headers: headers).refusal == .crossOrigin("http://evil.test")
        )
    }

    @Test("pass from everywhere where every origin is allowed", arguments: ["http://evil.test", "null"])
    func any(origin: String) throws {
        let harness = AdmissionHarness { $0.allowedOrigins = .any }
        let refusal = try harness.admit(.write, .post, host: "evil.test", headers: Self.headers(origin: origin)).refusal
        #expect(refusal == nil)
    }

    @Test(
        "are refused on loopback where the name they ask for isn't the service's",
        arguments: [Operation.Access.open, .read, .write]
    )
    func rebinding(access: Operation.Access) throws {
        for host in ["evil.test", "evil.test:3000", "127.0.0.1.evil.test"] {
            #expect(try AdmissionHarness().admit(access, host: host).refusal == .misdirected(host: host))
        }
        #expect(try AdmissionHarness().admit(access, host: nil).refusal == nil)
        let named = AdmissionHarness {
            $0.host = "localhost"
            $0.allowedOrigins = .these(["https://front.test"])
        }
        #expect(try named.admit(access, host: "front.test").refusal == nil)
    }

    @Test("may ask for any name where there are tokens, or where the service doesn't listen on loopback")
    func anyName() throws {
        let tokens = try AdmissionHarness.tokens("one read")
        #expect(try AdmissionHarness { $0.tokens = tokens }.admit(host: "proxied.test", as: "one").refusal == nil)
        #expect(try AdmissionHarness { $0.host = "0.0.0.0" }.admit(host: "proxied.test").refusal == nil)
    }
}
