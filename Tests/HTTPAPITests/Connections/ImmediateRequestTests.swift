import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import HTTPAPI

/// On an event loop that turns when the test says so.
@Suite("A request that waits for nothing", .enabled(if: Task<Void, Never>.canBeImmediate))
struct ImmediateRequestTests {
    private static let post = "POST /post HTTP/1.1\r\nHost: test\r\nContent-Length: 2\r\n\r\n{}"

    private static func get(_ path: String) -> String { "GET \(path) HTTP/1.1\r\nHost: test\r\n\r\n" }

    /// The bodies of answers.
    private static func bodies(_ answers: String) -> [String] {
        answers.split(separator: "HTTP/1.1 ").map { $0.split(separator: "\r\n\r\n").dropFirst().joined() }
    }

    @Test("is answered in the turn of the event loop in which it came")
    func answered() throws {
        let connection = try ImmediateConnection()
        try connection.send(Self.get("/a"))
        #expect(connection.reads == 1)
        #expect(try connection.received().isEmpty)
        connection.turn()
        let answer = try connection.received()
        #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nDate: "))
        #expect(answer.hasSuffix(" GMT\r\n\r\n/a"))
        #expect(connection.passedOn == [])
    }

    @Test("begins when all connections were read from, and all are answered before anything is sent")
    func staged() throws {
        let loop = EmbeddedEventLoop()
        let log = ImmediateConnection.Log()
        let connections = try ["1", "2"].map { try ImmediateConnection(name: $0, on: loop, log: log) }
        for connection in connections { try connection.send(Self.get("/a")) }
        #expect(log.lines == [])
        loop.run()
        #expect(log.lines == ["1 begins /a", "2 begins /a", "1 is sent", "2 is sent"])
    }

    @Test("is answered in its order among those that came with it, and nothing more is read before")
    func pipelined() throws {
        let connection = try ImmediateConnection()
        try connection.send(["/1", "/2", "/3"].map(Self.get).joined())
        #expect(connection.reads == 0)
        connection.turn()
        #expect(Self.bodies(try connection.received()) == ["/1", "/2", "/3"])
        #expect(connection.reads == 1)
        #expect(connection.passedOn == [])
    }

    @Test("is passed on behind the first of a long row, so that the event loop has time for others")
    func longRow() throws {
        let connection = try ImmediateConnection()
        let paths = (1...ImmediateRequestHandler.maximumRow + 2).map { "/\($0)" }
        for _ in 1...2 {
            try connection.send(paths.map(Self.get).joined())
            connection.turn()
            #expect(Self.bodies(try connection.received()) == paths.dropLast(2))
            for path in paths.suffix(2) { connection.answerPassedOn(path) }
            #expect(Self.bodies(try connection.received()) == paths.suffix(2))
        }
        #expect(connection.passedOn.filter { $0 != "end" } == paths.suffix(2) + paths.suffix(2))
    }

    @Test("has its body's rest written as the client takes it")
    func halfWritten() async throws {
        let connection = try ImmediateConnection { channel in (channel as? EmbeddedChannel)?.isWritable = false }
        try connection.send(Self.get("/a"))
        connection.turn()
        #expect(try connection.received().hasSuffix(" GMT\r\n\r\n"))
        var written = connection.written.makeAsyncIterator()
        #expect(await written.next() == .body(ByteBuffer(string: "/a")))
        #expect(await written.next() == .end(nil))
    }

    @Test("waits for those before it that the connection's task answers")
    func behindPassedOn() throws {
        let connection = try ImmediateConnection()
        try connection.send(Self.post + Self.get("/a"))
        connection.turn()
        #expect(connection.passedOn == ["/post", "{}", "end", "/a", "end"])
        connection.answerPassedOn("1")
        try connection.send(Self.get("/b"))
        connection.turn()
        #expect(connection.passedOn.suffix(2) == ["/b", "end"], "one is still to be answered")
        for body in ["2", "3"] { connection.answerPassedOn(body) }
        try connection.send(Self.get("/c"))
        connection.turn()
        #expect(Self.bodies(try connection.received()) == ["1", "2", "3", "/c"])
        #expect(connection.passedOn.count == 7)
    }

    @Test("comes before those behind it that the connection's task answers")
    func beforePassedOn() throws {
        let connection = try ImmediateConnection()
        try connection.send(Self.get("/a") + Self.post + Self.get("/b"))
        #expect(connection.passedOn == [])
        connection.turn()
        #expect(Self.bodies(try connection.received()) == ["/a"])
        #expect(connection.passedOn == ["/post", "{}", "end", "/b", "end"])
        #expect(connection.reads == 1)
    }

    @Test("is passed on if its client doesn't take what it is sent")
    func unwritable() throws {
        let connection = try ImmediateConnection()
        connection.isWritable = false
        try connection.send(Self.get("/a"))
        connection.turn()
        #expect(connection.passedOn == ["/a", "end"])
    }

    @Test("is passed on before the connection's task has begun")
    func notOpen() throws {
        let connection = try ImmediateConnection(isOpen: false)
        try connection.send(Self.get("/a"))
        connection.turn()
        #expect(connection.passedOn == ["/a", "end"])
    }

    @Test("is answered though its client says at once that it sends nothing more, but those behind it aren't")
    func halfClosed() throws {
        let connection = try ImmediateConnection()
        try connection.send(Self.get("/a") + Self.get("/b"))
        connection.happen(ChannelEvent.inputClosed)
        connection.turn()
        #expect(Self.bodies(try connection.received()) == ["/a"])
    }

    @Test("has its answer sent although the connection is closed in the same turn")
    func closed() throws {
        let connection = try ImmediateConnection(name: "1") { channel in
            // Between writing and sending.
            channel.eventLoop.execute { channel.close(promise: nil) }
        }
        try connection.send(Self.get("/a"))
        connection.turn()
        #expect(Self.bodies(try connection.received()) == ["/a"])
        #expect(connection.log.lines.prefix(3) == ["1 begins /a", "1 is sent", "1 is closed"])
    }

    @Test("has its answer sent although the server stops in the same turn")
    func quiescing() throws {
        let connection = try ImmediateConnection(name: "1") { channel in
            channel.eventLoop.execute { channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent()) }
        }
        try connection.send(Self.get("/a"))
        connection.turn()
        #expect(Self.bodies(try connection.received()) == ["/a"])
        #expect(connection.log.lines.prefix(3) == ["1 begins /a", "1 is sent", "1 is closed"])
    }

    @Test("isn't begun when the client is gone")
    func gone() throws {
        let connection = try ImmediateConnection()
        try connection.send(Self.get("/a") + Self.get("/b"))
        connection.close()
        connection.turn()
        #expect(!connection.log.lines.contains { $0.contains("begins") })
    }

    @Test("is answered before what breaks the rules is refused")
    func broken() throws {
        let connection = try ImmediateConnection()
        try connection.send(Self.get("/a") + "nonsense\r\n\r\n")
        connection.turn()
        let statuses = try connection.received().split(separator: "HTTP/1.1 ").map { $0.prefix(3) }
        #expect(statuses == ["200", "400"])
    }

    @Test("doesn't let an error overtake the request that it belongs to")
    func brokenBody() throws {
        let connection = try ImmediateConnection()
        try connection.send(
            Self.get("/a") + "POST /post HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
        )
        #expect(connection.passedOn == [])
        connection.turn()
        #expect(connection.passedOn == ["/post", "error"])
    }
}
