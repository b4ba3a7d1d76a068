import EventService
import NIOCore
import Testing

@testable import HTTPAPI

@Suite("If-None-Match")
struct IfNoneMatchTests {
    private static let tag = EntityTag(of: ByteBuffer(string: "abc"))
    private static let text = tag.description

    @Test(
        "matches the tag, weak or strong, wherever it stands in the list, and any",
        arguments: [
            text, "W/\(text)", "\"x\", \(text)", "\(text), \"x\"", " \t\(text)\t ", "\"a,b\",,W/\"\", \(text) ,",
            ",\(text)",
            "*", " * ", "\"*\",\(text)", "\"\u{E9}\",\(text)",
        ]
    )
    func matches(value: String) {
        #expect(IfNoneMatch(value).matches(Self.tag))
    }

    @Test(
        "doesn't match other tags, nor anything in a field that breaks the grammar",
        arguments: [
            "", " ", ",", "\"x\"", "\"*\"", text.uppercased(), text.replacing("\"", with: ""), "w/\(text)",
            "W/ \(text)",
            "\(text) \"x\"", "\(text)x", "\(text), *", "*, \(text)", "**", "\(text), \"", "x\(text)", "W/",
            "\"W/\(text)",
        ]
    )
    func differs(value: String) {
        #expect(!IfNoneMatch(value).matches(Self.tag))
    }
}
