import Foundation
import Testing

@testable import UpstreamSimulator

@Suite struct JSONValueTests {
    @Test(arguments: [
        "null", "true", "0", "1", "-9223372036854775808", "0.1", "1e+300", "\"\"", "\"ä\\n\\u0000€\"", "[]", "{}",
        #"{"a":[1,2.5,true,null,{"b":"/"}],"z":false}"#,
    ])
    func `A value comes back as it went in`(text: String) throws {
        let value = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
        let again = try JSONDecoder().decode(JSONValue.self, from: value.encoded())
        #expect(value == again)
        if !text.contains("e+"), !text.contains("\\") {
            #expect(String(decoding: try value.encoded(), as: UTF8.self) == text)
        }
    }

    @Test func `Numbers and booleans are told apart`() throws {
        let value = try JSONDecoder().decode(JSONValue.self, from: Data("[1,true,1.5,0,false]".utf8))
        #expect(value == .array([.integer(1), .bool(true), .number(1.5), .integer(0), .bool(false)]))
    }
}
