import Testing

@testable import HTTPAPI

@Suite("Allowed origins")
struct AllowedOriginsTests {
    @Test(
        "are brought into the form in which browsers send them",
        arguments: [
            ("https://Example.COM", "https://example.com"), ("http://a:80", "http://a"), ("https://a:443", "https://a"),
            ("http://a:443", "http://a:443"), (" http://localhost:8080 ", "http://localhost:8080"),
            ("http://[::1]:3000", "http://[::1]:3000"), ("chrome-extension://abc", "chrome-extension://abc"),
        ]
    )
    func one(text: String, origin: String) throws {
        #expect(try AllowedOrigins(parsing: text) == .these([origin]))
    }

    @Test("are several, or every one")
    func several() throws {
        let origins = try AllowedOrigins(parsing: "http://a, https://b:8443,http://a")
        #expect(origins == .these(["http://a", "https://b:8443"]))
        #expect(origins.contains("http://a"))
        #expect(!origins.contains("https://a"))
        #expect(!origins.contains("http://a, https://b:8443"))
        #expect(try AllowedOrigins(parsing: " * ") == .any)
        #expect(AllowedOrigins.any.contains("null"))
        #expect(!AllowedOrigins.none.contains(""))
    }

    @Test(
        "that no browser sends are refused",
        arguments: [
            "", "a", "http://", "http://a/", "http://a/b", "http://a?b", "http://u@a", "http://*.a", "http://a:65536",
            "http://a:", "http://a b", "http://ü.de", "//a", "http:/a", "null", "*,http://a", "http://a,*",
            "http://a,,http://b",
        ]
    )
    func refused(text: String) {
        #expect(throws: AllowedOrigins.ParsingError.self) { try AllowedOrigins(parsing: text) }
    }
}
