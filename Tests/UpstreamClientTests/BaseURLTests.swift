import Testing

@testable import UpstreamClient

@Suite("Base address")
struct BaseURLTests {
    @Test(
        "is http or https with a host, and loses the slashes at its end",
        arguments: [
            ("http://localhost", "http://localhost"), ("http://localhost/", "http://localhost"),
            ("https://events.example.com:8443/api/", "https://events.example.com:8443/api"),
            ("http://127.0.0.1:3001", "http://127.0.0.1:3001"), ("http://[::1]:3001/x", "http://[::1]:3001/x"),
            ("HTTP://HOST//", "HTTP://HOST"), ("http://h/a%20b", "http://h/a%20b"),
        ]
    )
    func valid(text: String, string: String) throws {
        let url = try #require(BaseURL(text))
        #expect(url.string == string)
        #expect(url.description == string)
    }

    @Test(
        "is nothing else",
        arguments: [
            "", " ", "localhost", "localhost:3001", "//localhost", "/path", "ftp://host", "file:///etc/passwd",
            "http://",
            "http:///path", "http:host", "http://user@host", "http://user:secret@host", "http://:secret@host",
            "http://host?",
            "http://host?a=b", "http://host#", "http://host#f", "http://host/a b", "http://ho st", "http://host:port",
            "http://host:99999999", "http://host:0", "http://host\n", "javascript:alert(1)",
        ]
    )
    func invalid(text: String) {
        #expect(BaseURL(text) == nil)
    }
}
