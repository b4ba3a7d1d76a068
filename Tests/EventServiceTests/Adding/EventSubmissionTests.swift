import Foundation
import NIOCore
import TestSupport
import Testing

@testable import EventService

@Suite("Event submission")
struct EventSubmissionTests {
    @Test(
        "lists every field that is wrong, and what is wrong with it",
        arguments: [
            ("{}", ["name": "is missing", "userId": "is missing"]),
            (#"{"name":"","userId":" \t\n"}"#, ["name": "must not be empty", "userId": "must not be empty"]),
            (
                #"{"name":7,"userId":null,"id":[]}"#,
                [
                    "name": "must be a string, is a number", "userId": "must be a string, is null",
                    "id": "must be a string, is an array",
                ]
            ),
            (
                #"{"name":true,"userId":{}}"#,
                ["name": "must be a string, is a boolean", "userId": "must be a string, is an object"]
            ),
            (#"{"name":"n","userId":"1","id":""}"#, ["id": "must not be empty"]),
            (#"{"name":"n","userId":"1","id":".."}"#, ["id": "must not be . or .., which can't stand in a path"]),
            (#"{"name":"n","userId":"1","id":"\u002e"}"#, ["id": "must not be . or .., which can't stand in a path"]),
            (#"{"name":"n","userId":"1","id":null}"#, ["id": "must be a string, is null"]),
            (
                #"{"name":"\#(repeated("n", 201))","userId":"\#(repeated("u", 129))","id":"\#(repeated("i", 129))"}"#,
                [
                    "name": "must have at most 200 characters, has 201",
                    "userId": "must have at most 128 characters, has 129",
                    "id": "must have at most 128 characters, has 129",
                ]
            ),
            (
                #"{"name":"n","userId":"1","userId":"2","name":"m","name":"o"}"#,
                ["name": "is given more than once", "userId": "is given more than once"]
            ),
        ]
    )
    func problems(body: String, problems: [String: String]) throws {
        let error = try #require(throws: ServiceError.self) { try submission(body) }
        #expect(error.kind == .invalid)
        let found = error.fields.map { "\($0.field) \($0.message)" }
        #expect(found.sorted() == problems.map { "\($0) \($1)" }.sorted())
        for field in problems.keys { #expect(error.message.contains(field)) }
    }

    @Test(
        "refuses what is not a JSON object",
        arguments: ["", "null", "[]", #""text""#, "{", #"{"name":"n","userId":"1"} {}"#]
    )
    func notAnObject(body: String) throws {
        let error = try #require(throws: ServiceError.self) { try submission(body) }
        #expect(error.kind == .invalid)
        #expect(error.message.hasPrefix("the body is not a JSON object: "))
        #expect(error.fields.isEmpty)
    }

    @Test("takes the longest name and identifiers there may be, counted in characters and not in bytes")
    func longest() throws {
        let body =
            #"{"name":"\#(repeated("é", 200))","userId":"\#(repeated("\u{10FFFF}", 128))","id":"\#(repeated("i", 128))"}"#
        #expect(try submission(body).id == repeated("i", 128))
    }

    @Test("does not take endless combining marks for one character")
    func combiningMarks() {
        let text = "a" + repeated("\u{301}", 100_000)
        #expect(text.count == 1)
        #expect(throws: ServiceError.self) { try submission(#"{"name":"\#(text)","userId":"1"}"#) }
        #expect(throws: ServiceError.self) { try submission(#"{"name":"n","userId":"\#(text)"}"#) }
    }

    @Test(
        "puts the new identifier behind the brace and leaves every other byte as it is",
        arguments: [
            (#"{"name":"n","userId":"1"}"#, #"{"id":"new","name":"n","userId":"1"}"#),
            (
                " \n{ \"name\" : \"\\u006e\" , \"userId\" : \"1\" , \"x\" : [ 1.0 ] } \n",
                " \n{\"id\":\"new\", \"name\" : \"\\u006e\" , \"userId\" : \"1\" , \"x\" : [ 1.0 ] } \n"
            ),
            (
                #"{"userId":"1","name":"n","x":{"id":"inner"}}"#,
                #"{"id":"new","userId":"1","name":"n","x":{"id":"inner"}}"#
            ),
        ]
    )
    func insertsID(body: String, expected: String) throws {
        let submission = try submission(body)
        #expect(String(buffer: submission.body) == expected)
        #expect(submission.id == "new")
    }

    @Test("keeps the body's own identifier, and the body to the byte", arguments: ["own", "\\u006fwn", "o\\u0077n"])
    func keepsID(id: String) throws {
        let body = #" {"name":"n" ,"id":"\#(id)","userId":"\u0031"}"#
        let submission = try EventSubmission(checking: ByteBuffer(string: body)) {
            Issue.record("nobody asked for a new identifier")
            return "new"
        }
        #expect(submission.id == "own")
        #expect(submission.userID == "1")
        #expect(String(buffer: submission.body) == body)
    }

    @Test("works on the readable part of a buffer")
    func readerIndex() throws {
        var buffer = ByteBuffer(string: #"xx{"name":"n","userId":"1"}yy"#)
        buffer.moveReaderIndex(forwardBy: 2)
        buffer.moveWriterIndex(to: buffer.writerIndex - 2)
        let submission = try EventSubmission(checking: buffer) { "new" }
        #expect(String(buffer: submission.body) == #"{"id":"new","name":"n","userId":"1"}"#)
    }

    @Test("changes nothing but the identifier, whatever else the body has", arguments: [1, 2, 3] as [UInt64])
    func property(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<300 {
            let body = RandomBody.make(using: &random)
            let result = String(buffer: try submission(body).body)
            let insertion = try #require(result.firstRange(of: #""id":"new","#))
            var rest = result
            rest.removeSubrange(insertion)
            try #require(rest == body)
            var members = try dictionary(body)
            members["id"] = "new"
            try #require(try NSDictionary(dictionary: members) == NSDictionary(dictionary: dictionary(result)))
        }
    }

    private func submission(_ body: String) throws -> EventSubmission {
        try EventSubmission(checking: ByteBuffer(string: body)) { "new" }
    }

    private func dictionary(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }
}

/// Bodies of events that are valid, with everything else at random.
private enum RandomBody {
    static func make(using random: inout SplitMix64) -> String {
        var members = [#""name"\#(space(&random)):\#(space(&random))"n""#, #""userId":"1""#]
        for number in 0..<Int.random(in: 0...4, using: &random) {
            members.append(#""m\#(number)":\#(space(&random))\#(value(2, &random))"#)
        }
        members.shuffle(using: &random)
        let separator = "\(space(&random)),\(space(&random))"
        return
            "\(space(&random)){\(space(&random))\(members.joined(separator: separator))\(space(&random))}\(space(&random))"
    }

    private static func space(_ random: inout SplitMix64) -> String {
        ["", "", " ", "\n", "\t \r\n"].randomElement(using: &random) ?? ""
    }

    private static func value(_ depth: Int, _ random: inout SplitMix64) -> String {
        switch Int.random(in: 0..<(depth > 0 ? 6 : 4), using: &random) {
        case 0: return ["true", "false", "null"].randomElement(using: &random) ?? "null"
        case 1: return "\(Int.random(in: -99...99, using: &random)).5e1"
        case 2: return [#""{\"id\":\"x\"}""#, #""\u00e9\ud83d\ude00""#, #""é😀""#].randomElement(using: &random) ?? "0"
        case 3: return #""""#
        case 4: return "[\(value(depth - 1, &random)),\(space(&random))\(value(depth - 1, &random))]"
        default: return #"{"id":\#(value(depth - 1, &random))}"#
        }
    }
}

private func repeated(_ text: String, _ count: Int) -> String {
    String(repeating: text, count: count)
}
