import HTTPAPI
import NIOCore
import NIOHTTP1
import Testing

@Suite("The last answer of a connection")
struct LastAnswerTests {
    @Test("is followed by a while in which the client may read it")
    func lingers() throws {
        let connection = try EmbeddedConnection { $0.lingerTimeout = .seconds(2) }
        try connection.send("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        connection.answer()
        #expect(connection.isOutputClosed)
        connection.wait(.milliseconds(1_999))
        #expect(!connection.isClosed)
        connection.wait(.milliseconds(1))
        #expect(connection.isClosed)
    }

    @Test("is followed by the end as soon as the client is gone")
    func clientCloses() throws {
        let connection = try EmbeddedConnection()
        try connection.send("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        connection.answer()
        connection.happen(ChannelEvent.inputClosed)
        #expect(connection.isClosed)
    }

    @Test("is not cut off by whoever closes the connection meanwhile")
    func closedAbove() throws {
        let connection = try EmbeddedConnection { $0.lingerTimeout = .seconds(2) }
        try connection.send("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        connection.answer()
        let closed = connection.close()
        #expect(!connection.isClosed)
        connection.wait(.seconds(2))
        #expect(connection.isClosed)
        try closed.wait()
    }

    @Test("isn't waited for longer than the client takes nothing of it")
    func neverTaken() throws {
        let connection = try EmbeddedConnection { $0.writeProgressTimeout = .seconds(30) }
        try connection.send("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        connection.write(.head(HTTPResponseHead(version: .http1_1, status: .ok)))
        connection.write(.end(nil))
        connection.wait(.milliseconds(29_999))
        #expect(!connection.isClosed)
        connection.wait(.milliseconds(1))
        #expect(connection.isClosed)
    }

    @Test("is waited for as long after the client took all but what the channel has room for")
    func almostTaken() throws {
        let connection = try EmbeddedConnection { $0.writeProgressTimeout = .seconds(30) }
        try connection.send("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        connection.write(.head(HTTPResponseHead(version: .http1_1, status: .ok)))
        connection.write(.end(nil))
        connection.takeMost()
        connection.wait(.seconds(60))
        #expect(connection.isClosed)
    }

    @Test("is one that was under way when the server was told to stop")
    func quiesced() throws {
        let connection = try EmbeddedConnection { $0.lingerTimeout = .seconds(2) }
        try connection.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n")
        connection.write(.head(HTTPResponseHead(version: .http1_1, status: .ok, headers: ["Content-Length": "0"])))
        connection.happen(ChannelShouldQuiesceEvent())
        #expect(!connection.isClosed)
        connection.write(.end(nil))
        connection.take()
        #expect(connection.isOutputClosed)
        connection.wait(.seconds(2))
        #expect(connection.isClosed)
    }

    @Test("is read past for no more than a stated amount")
    func drains() throws {
        let connection = try EmbeddedConnection { $0.maximumDrainSize = 1000 }
        try connection.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n")
        connection.answer()
        let reads = connection.reads
        for _ in 1...2 { try connection.send(String(repeating: "x", count: 500)) }
        #expect(connection.reads > reads)
        try connection.send("x")
        let all = connection.reads
        for _ in 1...10 { try connection.send("x") }
        #expect(connection.reads == all)
        #expect(connection.requests == ["/a"])
    }

    @Test("is not written before all requests that were taken are answered")
    func pipelined() throws {
        let connection = try EmbeddedConnection()
        try connection.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n")
        connection.answer("a", headers: ["Connection": "close"])
        #expect(try connection.received() == "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na")
        connection.answer("b")
        #expect(try connection.received() == "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\nb")
        #expect(connection.isOutputClosed)
    }

    @Test("is the last: requests after it are not taken")
    func nothingAfter() throws {
        let connection = try EmbeddedConnection()
        try connection.send("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n")
        connection.answer()
        connection.answer("more")
        #expect(connection.requests == ["/a", "end"])
        #expect(try connection.received().hasSuffix("\r\n\r\nok"))
    }

    @Test("is the one under way when the server stops, and an idle connection is closed at once")
    func quiesce() throws {
        let idle = try EmbeddedConnection()
        idle.happen(ChannelShouldQuiesceEvent())
        #expect(idle.isClosed)
        let busy = try EmbeddedConnection()
        try busy.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n")
        busy.happen(ChannelShouldQuiesceEvent())
        #expect(!busy.isClosed)
        busy.answer()
        #expect(try busy.received().contains("Connection: close\r\n"))
        #expect(busy.isOutputClosed)
    }
}
