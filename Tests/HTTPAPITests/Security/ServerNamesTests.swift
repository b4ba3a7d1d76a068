import Testing

@testable import HTTPAPI

@Suite("Names of the service")
struct ServerNamesTests {
    private let names = ServerNames(
        host: "Box.Test",
        origins: .these(["https://front.example:8443", "http://[fe80::1]"])
    )

    @Test(
        "are those of loopback, the host that is set, and those of allowed origins, with any port or none",
        arguments: [
            "localhost", "LocalHost:1", "127.0.0.1", "127.0.0.1:3000", "127.1.2.3:80", "[::1]", "[::1]:3000",
            "box.test",
            "BOX.TEST:99999", "front.example", "front.example:1", "[fe80::1]:3",
        ]
    )
    func own(authority: String) {
        #expect(names.contains(authority))
    }

    @Test(
        "are no others",
        arguments: [
            "", ":3000", "evil.example", "localhost.evil.example", "evil-localhost", "127.evil.example",
            "127.0.0.1.evil.example",
            "127.0.0.1@evil.example", "128.0.0.1", "[::2]", "[::1", "[::1].evil.example", "box.test.evil.example",
            "0.0.0.0",
            "localhost, evil.example", "front.example.evil",
        ]
    )
    func others(authority: String) {
        #expect(!names.contains(authority))
    }

    @Test(
        "are of loopback for these hosts",
        arguments: [
            ("127.0.0.1", true), ("127.255.0.9", true), ("::1", true), ("localhost", true), ("LOCALHOST", true),
            ("0.0.0.0", false), ("::", false), ("10.0.0.1", false), ("1127.0.0.1", false), ("127.example", false),
            ("localhost.example", false), ("", false),
        ]
    )
    func loopback(host: String, isLoopback: Bool) {
        #expect(ServerNames.isLoopback(host[...]) == isLoopback)
    }
}
