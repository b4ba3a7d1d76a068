import EventServiceTestSupport
import HTTPTypes
import HummingbirdTesting
import NIOCore
import NIOHTTP1
import Testing

@testable import HTTPAPI

@Suite("Metrics of connections", .timeLimit(.minutes(3)))
struct ConnectionMeterTests {
    private static let request = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n"

    private func ends(_ connection: EmbeddedConnection) -> [ConnectionEnd: UInt64] {
        connection.statistics.closed.filter { $0.value > 0 }
    }

    @Test("have a series for everything that may happen, before it does")
    func zeros() {
        let statistics = ConnectionMeter().statistics
        #expect(Set(statistics.closed.keys) == Set(ConnectionEnd.allCases))
        #expect(statistics.refusals == [400: 0, 408: 0, 414: 0, 417: 0, 431: 0, 501: 0, 505: 0])
    }

    @Test("count what was refused, by status")
    func refusals() throws {
        for (text, status) in [("hello\r\n\r\n", 400), ("GET / HTTP/9.9\r\n\r\n", 505)] {
            let connection = try EmbeddedConnection()
            try connection.send(text)
            #expect(connection.statistics.refusals.filter { $0.value > 0 } == [status: 1])
            // That it ends is no limit's doing, and neither is that it is closed when its time is up.
            connection.wait(.seconds(10))
            #expect(connection.isClosed)
            #expect(ends(connection) == [:])
        }
    }

    @Test("count what was closed because nothing came, or no handshake")
    func idle() throws {
        let idle = try EmbeddedConnection()
        idle.wait(.seconds(60))
        #expect(ends(idle) == [.idle: 1])
        let unsecured = try EmbeddedConnection { $0.tls = TLSFiles(certificateChain: "", privateKey: "") }
        unsecured.wait(.seconds(10))
        #expect(ends(unsecured) == [.handshake: 1])
    }

    @Test("count what was closed because its client took nothing")
    func held() throws {
        let connection = try EmbeddedConnection()
        try connection.send(Self.request)
        connection.write(.head(HTTPResponseHead(version: .http1_1, status: .ok)))
        connection.write(.body(.byteBuffer(ByteBuffer(repeating: 0x78, count: 100_000))))
        connection.hold()
        connection.wait(.seconds(30))
        #expect(ends(connection) == [.write: 1])
    }

    @Test("count what was closed because the rest of a body that nobody reads didn't come")
    func body() throws {
        let connection = try EmbeddedConnection()
        try connection.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n")
        connection.answer()
        connection.wait(.seconds(10))
        #expect(connection.isClosed)
        #expect(ends(connection) == [.body: 1])
    }

    @Test("tell of connections and streams that are open, and of requests without a route")
    func served() async throws {
        let harness = try APIHarness(.working())
        try await harness.run(.live) { client in
            func metrics() async throws -> Exposition {
                try Exposition(try await client.execute(uri: "/metrics", method: .get).text)
            }
            let before = try await metrics().values("evenkeel_http_connections_open")
            try await RawClient.run(port: client.port) { stream in
                try await stream.get("/v1/stream")
                try await stream.wait { $0.contains("event: snapshot\n") }
                try await RawClient.run(port: client.port) { refused in
                    try await refused.send("hello\r\n\r\n")
                    #expect(try await refused.answer().status == 400)
                }
                var read = try await metrics()
                #expect(read.values("evenkeel_http_streams_open") == [1])
                #expect(read.values("evenkeel_http_requests_refused_total", ["status": "400"]) == [1])
                while read.values("evenkeel_http_connections_open") != before.map({ $0 + 1 }) {
                    try Task.checkCancellation()
                    read = try await metrics()
                }
            }
            while try await metrics().values("evenkeel_http_streams_open") != [0] { try Task.checkCancellation() }
        }
    }
}
