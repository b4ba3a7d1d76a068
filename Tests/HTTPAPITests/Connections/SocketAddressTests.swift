import NIOCore
import Testing

@testable import HTTPAPI

@Suite("Addresses in the log")
struct SocketAddressTests {
    @Test(
        "have no port, and one form each",
        arguments: [
            ("192.0.2.1", "192.0.2.1"), ("255.255.255.255", "255.255.255.255"), ("0.0.0.0", "0.0.0.0"),
            ("::ffff:192.0.2.1", "192.0.2.1"), ("2001:DB8:0:0:0:0:0:1", "2001:db8::1"), ("::1", "::1"),
        ]
    )
    func text(address: String, text: String) throws {
        #expect(try SocketAddress(ipAddress: address, port: 49_152).addressForLog == text)
    }

    @Test("are none for a socket in the file system")
    func local() throws {
        #expect(try SocketAddress(unixDomainSocketPath: "/a").addressForLog == nil)
    }
}
