import Logging
import NIOCore
import NIOEmbedded
import Testing

@testable import HTTPAPI

@Suite("The connections of one client")
struct ClientConnectionsTests {
    private let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    @Test("are no more than its limit, and others have theirs")
    func limit() throws {
        let clients = ClientConnections(limit: 2)
        let first = try channel(from: "192.0.2.1")
        #expect(clients.admit(first, logger: logger))
        #expect(clients.admit(try channel(from: "192.0.2.1"), logger: logger))
        #expect(!clients.admit(try channel(from: "192.0.2.1"), logger: logger))
        #expect(clients.admit(try channel(from: "192.0.2.2"), logger: logger))
        _ = try first.finish()
        first.embeddedEventLoop.run()
        #expect(clients.admit(try channel(from: "192.0.2.1"), logger: logger))
        #expect(!clients.admit(try channel(from: "192.0.2.1"), logger: logger))
    }

    @Test("that were refused aren't counted when they close")
    func refused() throws {
        let clients = ClientConnections(limit: 1)
        #expect(clients.admit(try channel(from: "192.0.2.1"), logger: logger))
        for _ in 1...3 {
            let refused = try channel(from: "192.0.2.1")
            #expect(!clients.admit(refused, logger: logger))
            _ = try refused.finish()
            refused.embeddedEventLoop.run()
        }
        #expect(!clients.admit(try channel(from: "192.0.2.1"), logger: logger))
    }

    @Test(
        "are counted by IPv4 address and IPv6 network, and not on this machine itself",
        arguments: [
            ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false),
            ("192.0.2.1", "::ffff:192.0.2.1", true), ("2001:db8::1", "2001:db8::2:1", true),
            ("2001:db8::1", "2001:db8:0:1::1", false), ("::1", "::1", false), ("127.0.0.1", "127.0.0.1", false),
            ("127.1.2.3", "127.1.2.3", false), ("::ffff:127.0.0.1", "::ffff:127.0.0.1", false),
        ]
    )
    func same(first: String, second: String, isSame: Bool) throws {
        let clients = ClientConnections(limit: 1)
        #expect(clients.admit(try channel(from: first), logger: logger))
        #expect(clients.admit(try channel(from: second), logger: logger) != isSame)
    }

    private func channel(from address: String) throws -> EmbeddedChannel {
        let channel = EmbeddedChannel()
        channel.remoteAddress = try SocketAddress(ipAddress: address, port: 1)
        return channel
    }
}
