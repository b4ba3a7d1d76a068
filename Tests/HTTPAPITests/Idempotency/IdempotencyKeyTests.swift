import EventService
import HTTPTypes
import NIOCore
import Testing

@testable import HTTPAPI

@Suite("The key of a request")
struct IdempotencyKeyTests {
    private func key(_ values: String...) throws -> IdempotencyKey? {
        let name = try #require(HTTPField.Name("Idempotency-Key"))
        return try IdempotencyKey(HTTPFields(values.map { HTTPField(name: name, value: $0) }))
    }

    @Test(
        "is a string in quotes, or bare, which is the same",
        arguments: [
            (#""8e03978e-40d5-43e8-bc93-6894a57f9324""#, "8e03978e-40d5-43e8-bc93-6894a57f9324"),
            ("8e03978e-40d5-43e8-bc93-6894a57f9324", "8e03978e-40d5-43e8-bc93-6894a57f9324"),
            (#""a b, c; \" \\""#, #"a b, c; " \"#), ("a/b+c==", "a/b+c=="), ("k", "k"), (#"a\b"#, #"a\b"#),
        ]
    )
    func accepted(value: String, text: String) throws {
        #expect(try key(value)?.text == text)
    }

    @Test(
        "is refused where it breaks the rules",
        arguments: [
            "", "\"\"", "\"a", "a\"", "\"a\";b", "a b", "a,b", "a;b", "é", "\"é\"", "a\tb",
            "\"\\", String(repeating: "k", count: 256), "\"\(String(repeating: "k", count: 256))\"",
        ]
    )
    func refused(value: String) throws {
        let error = #expect(throws: ServiceError.self) { try key(value) }
        #expect(error?.kind == .invalid)
        #expect(error?.fields.map(\.field) == ["Idempotency-Key"])
    }

    @Test("may have 255 characters, may be missing, and must not come twice")
    func number() throws {
        let longest = String(repeating: "k", count: 255)
        #expect(try key(longest)?.text == longest)
        #expect(try key("\"\(longest)\"")?.text == longest)
        #expect(try key() == nil)
        #expect(throws: ServiceError.self) { try key("a", "a") }
    }

    @Test("belongs to a client and a route, and isn't readable in what is kept")
    func requests() throws {
        let key = try #require(try key("secret"))
        let body = ByteBuffer(string: "{}")
        let names = [
            key.request(of: nil, to: "/addEvent", body: body).key,
            key.request(of: "a", to: "/addEvent", body: body).key,
            key.request(of: nil, to: "/v1/events", body: body).key,
            try #require(try self.key("other")).request(of: nil, to: "/addEvent", body: body).key,
        ]
        #expect(Set(names).count == names.count)
        #expect(names.allSatisfy { !$0.contains("secret") && $0.utf8.count == 44 })
        #expect(names[0] == key.request(of: nil, to: "/addEvent", body: ByteBuffer(string: "[]")).key)
    }

    @Test("stands for one body, byte for byte")
    func digests() throws {
        let key = try #require(try key("k"))
        let digests = ["{}", "{ }", ""].map { key.request(of: nil, to: "/", body: ByteBuffer(string: $0)).digest }
        #expect(Set(digests).count == 3)
        #expect(digests.allSatisfy { $0.count == 32 })
    }

    @Test(
        "looks as its description says",
        arguments: ["k", "\"a b\"", "a/b+c==", "\"\\\"\"", "a,b", "a\"", "\"a", "", "\"é\""]
    )
    func pattern(value: String) throws {
        let matches = try Regex(IdempotencyKey.pattern).wholeMatch(in: value) != nil
        #expect(matches == ((try? key(value)) != nil))
    }
}
