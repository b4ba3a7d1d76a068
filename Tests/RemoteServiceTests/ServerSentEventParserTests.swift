import NIOCore
import Testing

@testable import RemoteService

@Suite("Server-sent events, taken apart")
struct ServerSentEventParserTests {
    private func parse(_ text: String, pieces size: Int = .max, limit: Int = 1000) throws -> [ServerSentEvent] {
        var parser = ServerSentEventParser(limit: limit)
        var bytes = ByteBuffer(string: text)
        var events: [ServerSentEvent] = []
        while let piece = bytes.readSlice(length: min(size, bytes.readableBytes)), piece.readableBytes > 0 {
            events += try parser.parse(piece)
        }
        return events
    }

    private func event(_ data: String, _ name: String = "message", id: String? = nil) -> ServerSentEvent {
        ServerSentEvent(name: name, id: id, data: ByteBuffer(string: data))
    }

    @Test("Events as they are written, however they are cut into pieces", arguments: [1, 2, 3, 7, .max])
    func pieces(size: Int) throws {
        let text =
            "retry: 2000\n\nevent: a\nid: b-1\ndata: {\"x\":\"é\"}\n\n: heartbeat\n\nevent: c\nid: b-2\ndata: 2\n\n"
        #expect(try parse(text, pieces: size) == [event("{\"x\":\"é\"}", "a", id: "b-1"), event("2", "c", id: "b-2")])
    }

    @Test("Lines end with LF, CR or CRLF", arguments: [1, .max])
    func lineEnds(size: Int) throws {
        let text = "data: 1\r\n\r\ndata: 2\r\rdata: 3\n\nevent: x\r\ndata: 4\r\n\r\n"
        #expect(try parse(text, pieces: size) == [event("1"), event("2"), event("3"), event("4", "x")])
    }

    @Test("The standard's examples")
    func standard() throws {
        #expect(try parse("data: YHOO\ndata: +2\ndata: 10\n\n") == [event("YHOO\n+2\n10")])
        #expect(
            try parse(": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n")
                == [event("first event", id: "1"), event("second event", id: ""), event(" third event", id: "")]
        )
        #expect(try parse("data\n\ndata\ndata\n\ndata:") == [event(""), event("\n")])
        #expect(try parse("data:test\n\ndata: test\n\n") == [event("test"), event("test")])
    }

    @Test("A byte order mark is no part of the first line")
    func byteOrderMark() throws {
        #expect(try parse("\u{FEFF}data: 1\n\n", pieces: 1) == [event("1")])
    }

    @Test("Without data there is no event, and its type is forgotten")
    func noData() throws {
        #expect(try parse("event: a\nid: 1\n\ndata: 2\n\n") == [event("2", id: "1")])
    }

    @Test("An event that doesn't end, fields that aren't known and an id with NUL are nothing")
    func leftAlone() throws {
        #expect(try parse("data: 1\nid: 1\u{0}2\nwhatever: 3\nretry: 0\n\ndata: 4\n") == [event("1")])
    }

    @Test("A line that doesn't end is refused as soon as it is too long")
    func longLine() {
        #expect(throws: ServerSentEventParser.TooLarge(limit: 10)) { try parse("data: 12345", pieces: 1, limit: 10) }
        #expect(throws: Never.self) { try parse("data: 1234", pieces: 1, limit: 10) }
    }

    @Test("Data in many lines is refused as soon as there is too much of it")
    func muchData() {
        let lines = String(repeating: "data: 12\n", count: 4)
        #expect(throws: ServerSentEventParser.TooLarge(limit: 10)) { try parse(lines, limit: 10) }
        #expect(throws: Never.self) { try parse("data: 12\ndata: 12\ndata: 12\n\n" + "data: 12\n\n", limit: 10) }
    }

    @Test("Lines that have ended are counted, comments too")
    func lines() throws {
        var parser = ServerSentEventParser(limit: 100)
        _ = try parser.parse(ByteBuffer(string: ": heart"))
        #expect(parser.lines == 0)
        _ = try parser.parse(ByteBuffer(string: "beat\n\n"))
        #expect(parser.lines == 2)
    }
}
