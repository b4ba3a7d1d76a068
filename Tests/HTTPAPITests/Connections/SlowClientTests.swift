import HTTPAPI
import Hummingbird
import NIOCore
import NIOHTTP1
import NIOTLS
import Testing

/// The times that a client has, on a clock that the test moves.
@Suite("A slow client", .timeLimit(.minutes(3)))
struct SlowClientTests {
    @Test("gets 408 when its head isn't complete within its time, however busily it trickles")
    func head() throws {
        let connection = try EmbeddedConnection { $0.headTimeout = .seconds(10) }
        connection.wait(.seconds(5))
        for character in "GET /a HT" {
            try connection.send(String(character))
            connection.wait(.seconds(1))
        }
        connection.wait(.milliseconds(999))
        #expect(try connection.received() == "")
        connection.wait(.milliseconds(1))
        let answer = try connection.received()
        #expect(answer.hasPrefix("HTTP/1.1 408 Request Timeout\r\n"))
        #expect(answer.contains("Connection: close\r\n"))
        #expect(answer.contains(#""type":"urn:evenkeel:problem:request-timeout""#))
        #expect(connection.isOutputClosed)
        #expect(connection.requests.isEmpty)
    }

    @Test("has its full time again for the next head")
    func nextHead() throws {
        let connection = try EmbeddedConnection { $0.headTimeout = .seconds(10) }
        for _ in 1...3 {
            try connection.send("GET /a HT")
            connection.wait(.seconds(9))
            try connection.send("TP/1.1\r\nHost: a\r\n\r\n")
            connection.answer()
            connection.wait(.seconds(9))
        }
        #expect(connection.requests == ["/a", "end", "/a", "end", "/a", "end"])
        #expect(!connection.isClosed)
    }

    @Test("whose next head stops gets the answers before that first")
    func pipelinedHead() throws {
        let connection = try EmbeddedConnection { $0.headTimeout = .seconds(10) }
        try connection.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n")
        try connection.send("GET /b HT")
        connection.wait(.seconds(60))
        #expect(try connection.received() == "")
        connection.answer("first")
        let answers = try connection.received()
        #expect(answers.hasPrefix("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirstHTTP/1.1 408 "))
        #expect(connection.isOutputClosed)
    }

    @Test("is sent away when nothing comes from it")
    func idle() throws {
        let connection = try EmbeddedConnection { $0.idleTimeout = .seconds(60) }
        connection.wait(.seconds(59))
        try connection.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n")
        // Its request is under way: not its turn.
        connection.wait(.hours(1))
        connection.answer()
        connection.wait(.milliseconds(59_999))
        #expect(!connection.isClosed)
        connection.wait(.milliseconds(1))
        #expect(connection.isClosed)
    }

    @Test("whose body stops makes its reader answer 408")
    func stoppedBody() throws {
        let connection = try EmbeddedConnection { $0.bodyProgressTimeout = .seconds(10) }
        try connection.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n")
        for _ in 1...3 {
            connection.wait(.milliseconds(9_999))
            try connection.send("x")
        }
        #expect(connection.bodyError == nil)
        connection.wait(.seconds(10))
        let error = try #require(connection.bodyError as? HTTPError)
        #expect(error.status == .requestTimeout)
        connection.answer("too late")
        #expect(try connection.received().contains("Connection: close\r\n"))
        #expect(connection.isOutputClosed)
    }

    @Test("whose body trickles makes its reader answer 408 when the whole takes too long")
    func tricklingBody() throws {
        let connection = try EmbeddedConnection { $0.bodyTimeout = .seconds(60) }
        try connection.send("POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in 1...12 {
            #expect(connection.bodyError == nil)
            try connection.send("1\r\nx\r\n")
            connection.wait(.seconds(5))
        }
        #expect((connection.bodyError as? HTTPError)?.status == .requestTimeout)
    }

    @Test("isn't the one who waits before it is told to send its body")
    func awaitedBody() throws {
        let connection = try EmbeddedConnection()
        try connection.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n")
        connection.wait(.hours(1))
        #expect(connection.bodyError == nil)
        connection.wantBody()
        #expect(try connection.received() == "HTTP/1.1 100 Continue\r\n\r\n")
        connection.wait(.milliseconds(9_999))
        #expect(connection.bodyError == nil)
        connection.wait(.milliseconds(1))
        #expect((connection.bodyError as? HTTPError)?.status == .requestTimeout)
    }

    @Test("isn't the one who waits while nobody reads what it sends")
    func notRead() throws {
        let connection = try EmbeddedConnection()
        try connection.sendUnread("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n")
        connection.wait(.hours(1))
        #expect(connection.bodyError == nil)
        connection.read()
        connection.wait(.seconds(60))
        #expect((connection.bodyError as? HTTPError)?.status == .requestTimeout)
    }

    @Test("that takes nothing of its answer is given up, and the work for it cancelled")
    func held() async throws {
        let connection = try EmbeddedConnection { $0.writeProgressTimeout = .seconds(30) }
        try connection.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n")
        connection.write(.head(HTTPResponseHead(version: .http1_1, status: .ok)))
        connection.write(.body(.byteBuffer(ByteBuffer(repeating: 0x78, count: 100_000))))
        connection.hold()
        connection.wait(.milliseconds(29_999))
        #expect(!connection.isClosed)
        connection.wait(.milliseconds(1))
        #expect(connection.isClosed)
        // Returns at once, or the time limit ends it.
        await connection.waitForHangUp()
    }

    @Test("that takes its answer slowly gets all of it")
    func slowlyTaken() throws {
        let connection = try EmbeddedConnection { $0.writeProgressTimeout = .seconds(30) }
        try connection.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n")
        connection.write(.head(HTTPResponseHead(version: .http1_1, status: .ok)))
        connection.write(.body(.byteBuffer(ByteBuffer(repeating: 0x78, count: 100_000))))
        connection.hold()
        connection.wait(.seconds(29))
        // Everything is taken, and more is written at once.
        connection.take()
        connection.write(.body(.byteBuffer(ByteBuffer(repeating: 0x78, count: 1000))))
        // That was seen after 30 s; from then on it takes nothing.
        connection.wait(.milliseconds(30_999))
        #expect(!connection.isClosed)
        connection.wait(.milliseconds(1))
        #expect(connection.isClosed)
    }

    @Test("has a time for its TLS handshake")
    func handshake() throws {
        let secure: (inout HTTPAPIConfiguration) -> Void = {
            $0.tls = TLSFiles(certificateChain: "", privateKey: "")
            $0.handshakeTimeout = .seconds(10)
        }
        let slow = try EmbeddedConnection(secure)
        slow.wait(.milliseconds(9_999))
        #expect(!slow.isClosed)
        slow.wait(.milliseconds(1))
        #expect(slow.isClosed)
        let fast = try EmbeddedConnection(secure)
        fast.happen(TLSUserEvent.handshakeCompleted(negotiatedProtocol: nil))
        fast.wait(.milliseconds(59_999))
        #expect(!fast.isClosed)
    }
}
