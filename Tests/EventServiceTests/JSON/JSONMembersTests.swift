import NIOCore
import Testing

@testable import EventService

@Suite("JSON members")
struct JSONMembersTests {
    @Test("finds the members asked for, with kind, place and text")
    func found() throws {
        let text = #" { "a" : "x\ny" , "b" : [1] , "c" : {} , "\u0064" : null , "e" : -1e5 , "f" : true } "#
        let members = try JSONMembers(of: ByteBuffer(string: text), names: ["a", "b", "c", "d", "e", "f", "g"])
        let kinds = members.values.mapValues(\.kind)
        #expect(kinds == ["a": .string, "b": .array, "c": .object, "d": .null, "e": .number, "f": .boolean])
        #expect(members.values["a"]?.string == "x\ny")
        #expect(members.values["b"]?.string == nil)
        let places = members.values.mapValues { value in String(decoding: Array(text.utf8)[value.range], as: UTF8.self)
        }
        #expect(places == ["a": #""x\ny""#, "b": "[1]", "c": "{}", "d": "null", "e": "-1e5", "f": "true"])
        #expect(members.start == 2)
        #expect(!members.isEmpty)
    }

    @Test("sees only the members of the object itself")
    func nested() throws {
        let members = try JSONMembers(
            of: ByteBuffer(string: #"{"x":{"id":"inner"},"y":[{"id":"inner"}]}"#),
            names: ["id"]
        )
        #expect(members.values.isEmpty)
    }

    @Test("reports a name that comes again, however it is written, once")
    func duplicates() throws {
        let text = #"{"id":"1","name":"a","\u0069d":"2","i\u0064":"3","x":1,"x":2}"#
        let members = try JSONMembers(of: ByteBuffer(string: text), names: ["id", "name"])
        #expect(members.duplicates == ["id"])
    }

    @Test("knows an empty object")
    func empty() throws {
        let members = try JSONMembers(of: ByteBuffer(string: " {\n} "), names: ["id"])
        #expect(members.isEmpty)
        #expect(members.values.isEmpty)
        #expect(members.start == 2)
    }

    @Test(
        "refuses what is not one object",
        arguments: [
            ("[]", "an array starts here (at byte 0)"), ("  null", "null starts here (at byte 2)"),
            ("", "the text ends where a value should be (at byte 0)"),
            ("{} {}", "something follows the value (at byte 3)"),
            (#"{"id":"1""#, "a comma or } should follow the member (at byte 9)"),
        ]
    )
    func invalid(text: String, message: String) throws {
        let error = try #require(throws: JSONError.self) {
            _ = try JSONMembers(of: ByteBuffer(string: text), names: ["id"])
        }
        #expect(error.description == message)
    }

    @Test("reads the strings of an array, wherever the member stands and however it is written")
    func stringsInArray() throws {
        let body = ByteBuffer(string: #"{"x":{"events":["no"]},"\u0065vents":[ "a" , "\"\ud83d\ude00" ,"" ],"y":[]}"#)
        #expect(try strings(inArray: "events", of: body, limit: 3) == ["a", "\"😀", ""])
        #expect(try strings(inArray: "y", of: body, limit: 0).isEmpty)
        #expect(throws: JSONError.self) { try strings(inArray: "events", of: body, limit: 2) }
    }
}
