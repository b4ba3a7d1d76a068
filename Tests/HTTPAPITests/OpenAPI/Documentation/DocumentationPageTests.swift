import EventServiceTestSupport
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import HTTPAPI

@Suite("The description as a page", .timeLimit(.minutes(3)))
struct DocumentationPageTests {
    private func page() async throws -> String {
        try await APIHarness(.working()).answer("/docs").text
    }

    private func values(of attribute: String, in page: String) throws -> [String] {
        page.matches(of: try Regex(" \(attribute)=\"([^\"]*)\"")).compactMap { $0[1].substring.map(String.init) }
    }

    @Test("may load nothing, from anywhere, but its own stylesheet")
    func policy() async throws {
        let response = try await APIHarness(.working()).answer("/docs")
        #expect(response.status == .ok)
        #expect(response.headers[.contentType] == "text/html; charset=utf-8")
        let policy = try #require(response.header("Content-Security-Policy"))
        #expect(policy.hasPrefix("default-src 'none'; style-src \(Stylesheet.hash); "))
        let style = try #require(response.text.firstMatch(of: /<style>(?<text>.*?)<\/style>/.dotMatchesNewlines()))
        #expect(style.text == Stylesheet.text)
        #expect(Stylesheet.hash.wholeMatch(of: /'sha256-[A-Za-z0-9+\/]{43}='/) != nil)
        for way in ["<script", "<img", " src=", "url(", "@import", " style=", " onclick="] {
            #expect(!response.text.contains(way), "\(way)")
        }
    }

    @Test("links to what it has, and to nothing elsewhere")
    func links() async throws {
        let page = try await page()
        let ids = try values(of: "id", in: page)
        #expect(Set(ids).count == ids.count)
        let targets = Set(try values(of: "href", in: page)).subtracting(["/openapi.json", "data:,"])
        #expect(targets.subtracting(ids.map { "#\($0)" }).isEmpty)
        #expect(Set(try values(of: "aria-labelledby", in: page)).isSubset(of: ids))
    }

    @Test("has every operation, schema, problem and header")
    func completeness() async throws {
        let ids = Set(try values(of: "id", in: try await page()))
        let operations = try APIHarness(.working()).httpAPI.endpoints.map(\.operation.id)
        let expected =
            operations + Components.schemas.members.keys.map { "schema-\($0)" }
            + Components.responses.members.keys.map { "problem-\($0)" }
            + Components.headers.members.keys.map { "header-\($0)" }
        #expect(Set(expected).subtracting(ids).isEmpty)
    }

    @Test("closes what it opens")
    func nesting() async throws {
        var open: [Substring] = []
        for tag in try await page().matches(of: /<(?<end>\/?)(?<name>[a-z0-9]+)[^>]*>/) {
            if ["meta", "link", "wbr"].contains(tag.name) { continue }
            if tag.end.isEmpty { open.append(tag.name) } else { #expect(open.popLast() == tag.name) }
        }
        #expect(open.isEmpty)
    }

    @Test("shows markup in a description as text")
    func escaping() {
        let hostile = #"<script>alert("1")</script> & 'x' `<b>`"#
        let operation = Operation(
            id: "x",
            tag: .users,
            summary: hostile,
            description: "\(hostile)\n\n- \(hostile)",
            parameters: [.init(name: hostile, description: hostile, schema: ["type": .string(hostile)])],
            answers: [.init(status: 200, description: hostile, schema: ["enum": [.string(hostile)]])]
        )
        let endpoint = Endpoint.get("/\(hostile)", operation) { _, _ in Response(status: .ok) }
        let document = OpenAPIDocument(endpoints: [endpoint], version: hostile)
        let page = String(buffer: DocumentationPage(document: document).html)
        #expect(!page.contains("<script"))
        #expect(!page.contains("<b>"))
        #expect(page.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;"))
    }

    @Test("understands all the CommonMark that the descriptions use")
    func commonMark() throws {
        let endpoints = try APIHarness(.working()).httpAPI.endpoints
        for text in endpoints.flatMap({ [$0.operation.summary, $0.operation.description] }) {
            for mark in ["**", "](", "\n#", "\n*", "\n1.", "\n>", "\n    ", "```", "\n|"] {
                #expect(!text.contains(mark), "\(text)")
            }
            #expect(text.count { $0 == "`" }.isMultiple(of: 2), "\(text)")
        }
    }

    @Test("turns paragraphs, lists and code into what they are, and links schemas")
    func prose() {
        let text = "One\nline, `a<b`.\n\n- first\n- `Breaker`\n\nLast."
        #expect(
            HTML.prose(text).page
                == "<!doctype html>\n<p>One line, <code>a&lt;b</code>.</p>"
                + "<ul><li>first</li><li><a href=\"#schema-Breaker\"><code>Breaker</code></a></li></ul><p>Last.</p>"
        )
    }

    @Test(
        "has an example that can be copied for every operation",
        arguments: [
            ("listUsers", #"curl "$EVENKEEL/v1/users""#),
            ("streamChanges", #"curl -N "$EVENKEEL/v1/stream""#),
            ("probeBreaker", #"curl -X POST "$EVENKEEL/v1/breakers/addEvent/probe""#),
            (
                "setBreakerMode",
                #"curl -X PUT "$EVENKEEL/v1/breakers/addEvent/mode" -H 'Content-Type: application/json' "#
                    + #"-d '{"mode":"automatic"}'"#
            ),
        ]
    )
    func examples(operation: String, command: String) throws {
        let endpoint = try #require(
            try APIHarness(.working()).httpAPI.endpoints.first { $0.operation.id == operation }
        )
        #expect(CurlExample(endpoint: endpoint).command == command)
    }
}
