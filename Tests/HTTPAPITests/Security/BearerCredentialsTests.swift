import HTTPTypes
import Testing

@testable import HTTPAPI

@Suite("The Authorization header")
struct BearerCredentialsTests {
    @Test("carries a token, whatever the case of its scheme", arguments: ["Bearer", "bearer", "BEARER", "bEaReR"])
    func token(scheme: String) {
        #expect(BearerCredentials([.authorization: "\(scheme) aZ0-._~+/=="]) == .token("aZ0-._~+/=="))
        #expect(BearerCredentials([.authorization: "\(scheme)   a"]) == .token("a"))
    }

    @Test(
        "carries none where it is missing, empty or of another scheme",
        arguments: [
            nil, "", " ", "Bearer", "Bearer ", "Basic YTpi", "Bearers a", "Bearer\ta", "Token a", "abcdefghijklmnop",
            "BearerX",
        ]
            as [String?]
    )
    func none(value: String?) {
        #expect(BearerCredentials(value.map { [.authorization: $0] } ?? [:]) == .none)
    }

    @Test(
        "is malformed where no token looks like that",
        arguments: [
            "Bearer a b", "Bearer a,b", "Bearer =", "Bearer a=b", "Bearer \"a\"", "Bearer é",
            "Bearer " + String(repeating: "a", count: 1025),
        ]
    )
    func malformed(value: String) {
        #expect(BearerCredentials([.authorization: value]) == .malformed)
    }

    @Test("given twice is malformed, also where both are the same")
    func twice() {
        var headers: HTTPFields = [.authorization: "Bearer a"]
        headers.append(HTTPField(name: .authorization, value: "Bearer a"))
        #expect(BearerCredentials(headers) == .malformed)
    }

    @Test("is the only place where a token is looked for")
    func elsewhere() {
        #expect(BearerCredentials([.proxyAuthorization: "Bearer a", .cookie: "access_token=a"]) == .none)
    }
}
