import Foundation
import Logging
import Testing

@testable import evenkeel

@Suite("Log lines as JSON")
struct JSONLogHandlerTests {
    /// What a logger writes, a line each.
    private func lines(_ body: (inout Logger) -> Void) throws -> [String] {
        let pipe = Pipe()
        let output = LogOutput(LogSink(handle: pipe.fileHandleForWriting))
        var logger = Logger(label: "test") { JSONLogHandler(label: $0, output: output) }
        body(&logger)
        output.flush()
        try pipe.fileHandleForWriting.close()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        #expect(text.hasSuffix("\n"))
        return text.split(separator: "\n").map(String.init)
    }

    private func members(_ line: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }

    @Test("begin with the time, the level, the message and the logger, and go on in alphabetical order")
    func order() throws {
        let line = try #require(try lines { $0.notice("Hello", metadata: ["b": "2", "a": "1"]) }.first)
        let pattern =
            /\{"time":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z","level":"notice","message":"Hello","logger":"test","a":"1","b":"2"\}/
        #expect(line.wholeMatch(of: pattern) != nil, "\(line)")
    }

    @Test("have numbers and truth values as such, and everything else as text")
    func numbers() throws {
        let line = try lines {
            $0.info(
                "x",
                metadata: [
                    "int": .stringConvertible(-200), "int64": .stringConvertible(Int64.max),
                    "uint64": .stringConvertible(UInt64.max), "double": .stringConvertible(0.25),
                    "bool": .stringConvertible(true), "text": "200",
                    "duration": .stringConvertible(Duration.seconds(1)),
                    "infinite": .stringConvertible(Double.infinity), "nan": .stringConvertible(Double.nan),
                ]
            )
        }.first
        let json = try #require(line)
        for member in [
            #""int":-200"#, #""int64":9223372036854775807"#, #""uint64":18446744073709551615"#, #""double":0.25"#,
            #""bool":true"#, #""text":"200""#, #""duration":"1.0 seconds""#, #""infinite":"inf""#, #""nan":"nan""#,
        ] { #expect(json.contains(member), "\(member) in \(json)") }
        #expect(try members(json).count == 13)
    }

    @Test("have lists and objects as such")
    func nested() throws {
        let line = try lines {
            $0.info("x", metadata: ["m": ["b": ["1", .stringConvertible(2)], "a": [:]], "e": []])
        }.first
        #expect(try #require(line).hasSuffix(#","e":[],"m":{"a":{},"b":["1",2]}}"#))
    }

    @Test("are one valid line each, whatever stands in them")
    func escaping() throws {
        let text = String(String.UnicodeScalarView((0...0x2FF).compactMap(Unicode.Scalar.init))) + "\u{2028}👩‍🚀\"\\/"
        let line = try #require(try lines { $0.info("\(text)", metadata: ["\(text)": "\(text)"]) }.first)
        let members = try members(line)
        #expect(members["message"] as? String == text)
        #expect(members[text] as? String == text)
    }

    @Test("have no member twice: what the line says itself wins, then the message's values, then the logger's")
    func duplicates() throws {
        let line = try #require(
            try lines { logger in
                logger[metadataKey: "a"] = "logger"
                logger[metadataKey: "b"] = "logger"
                logger.info("x", metadata: ["a": "message", "level": "message", "time": "message"])
            }.first
        )
        #expect(line.hasSuffix(#""level":"info","message":"x","logger":"test","a":"message","b":"logger"}"#))
    }
}
