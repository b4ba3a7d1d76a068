import HTTPTypes
import Resilience
import Testing

@testable import HTTPAPI

@Suite("Access control")
struct AccessControlTests {
    private static let accesses: [Operation.Access] = [.open, .read, .write, .admin]

    @Test(
        "without tokens lets everybody do everything on loopback",
        arguments: ["127.0.0.1", "::1", "localhost", "127.9.9.9"]
    )
    func loopback(host: String) throws {
        let harness = AdmissionHarness { $0.host = host }
        for access in Self.accesses { #expect(try harness.admit(access, .post).refusal == nil) }
    }

    @Test(
        "without tokens has administration off on any other host",
        arguments: ["0.0.0.0", "::", "192.0.2.1", "box.test"]
    )
    func elsewhere(host: String) throws {
        let harness = AdmissionHarness { $0.host = host }
        for access in Self.accesses {
            #expect(
                try harness.admit(access, .post, host: "any.test").refusal
                    == (access == .admin ? .administrationOff : nil)
            )
        }
        #expect(try harness.admit(.admin, as: "nobody").refusal == .administrationOff)
    }

    @Test("asks for a token on every host, but for what is open", arguments: ["127.0.0.1", "0.0.0.0"])
    func noToken(host: String) throws {
        let tokens = try AdmissionHarness.tokens("all read,write,admin")
        let harness = AdmissionHarness {
            $0.host = host
            $0.tokens = tokens
        }
        for access in Self.accesses {
            let isOpen = access == .open
            #expect(try harness.admit(access).refusal == (isOpen ? nil : .unauthenticated(sentToken: false)))
            #expect(
                try harness.admit(access, as: "other").refusal == (isOpen ? nil : .unauthenticated(sentToken: true))
            )
            #expect(try harness.admit(access, as: "all").refusal == nil)
        }
    }

    @Test("lets a token do what its scopes say and nothing else", arguments: AccessScope.allCases)
    func scopes(scope: AccessScope) throws {
        let tokens = try AdmissionHarness.tokens("one \(scope.rawValue)", "two \(scope.rawValue),read")
        let harness = AdmissionHarness { $0.tokens = tokens }
        for access in Self.accesses {
            guard let needed = access.scope else { continue }
            let one = try harness.admit(access, as: "one")
            #expect(one.refusal == (needed == scope ? nil : .insufficientScope(needed)))
            #expect(one.notes.client == "one")
            let two = try harness.admit(access, as: "two")
            #expect(two.refusal == (needed == scope || needed == .read ? nil : .insufficientScope(needed)))
        }
    }

    @Test("knows no name of whoever has no token that is known")
    func noName() throws {
        let tokens = try AdmissionHarness.tokens("one read")
        let harness = AdmissionHarness { $0.tokens = tokens }
        #expect(try harness.admit().notes.client == nil)
        #expect(try harness.admit(as: "other").notes.client == nil)
        #expect(try AdmissionHarness().admit(as: "one").notes.client == nil)
    }

    @Test("takes other tokens from the next request on, and none where they are taken away")
    func replacingTokens() throws {
        let harness = AdmissionHarness { $0.host = "0.0.0.0" }
        #expect(try harness.admit(.admin).refusal == .administrationOff)
        harness.control.replace(tokens: try AdmissionHarness.tokens("old admin"))
        #expect(try harness.admit(.admin, as: "old").refusal == nil)
        harness.control.replace(tokens: try AdmissionHarness.tokens("new admin"))
        #expect(try harness.admit(.admin, as: "old").refusal == .unauthenticated(sentToken: true))
        #expect(try harness.admit(.admin, as: "new").refusal == nil)
        harness.control.replace(tokens: nil)
        #expect(try harness.admit(.read).refusal == nil)
        #expect(try harness.admit(.admin, as: "new").refusal == .administrationOff)
    }
}
