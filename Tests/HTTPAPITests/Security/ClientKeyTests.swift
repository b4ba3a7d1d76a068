import NIOCore
import Testing

@testable import HTTPAPI

@Suite("Keys of clients")
struct ClientKeyTests {
    private func key(_ address: String, port: Int = 1) throws -> ClientKey {
        ClientKey(try SocketAddress(ipAddress: address, port: port))
    }

    @Test("are IPv4 addresses as a whole")
    func ipv4() throws {
        #expect(try key("192.0.2.1") == .ipv4(0xC000_0201))
        #expect(try key("192.0.2.1", port: 2) == key("192.0.2.1"))
        #expect(try key("192.0.2.2") != key("192.0.2.1"))
    }

    @Test("are IPv6 networks of 64 bits")
    func ipv6() throws {
        #expect(try key("2001:db8:1:2::1") == .ipv6(0x2001_0DB8_0001_0002))
        #expect(try key("2001:db8:1:2:ffff:ffff:ffff:ffff") == key("2001:db8:1:2::"))
        #expect(try key("2001:db8:1:3::1") != key("2001:db8:1:2::1"))
        #expect(try key("::2") == .ipv6(0))
    }

    @Test("are the IPv4 addresses that an IPv6 socket shows")
    func mapped() throws {
        #expect(try key("::ffff:192.0.2.1") == key("192.0.2.1"))
        #expect(try key("::ffff:192.0.2.2") != key("::ffff:192.0.2.1"))
        #expect(try key("::fffe:192.0.2.1") == .ipv6(0))
        #expect(try key("::1:ffff:192.0.2.1") == .ipv6(0))
    }

    @Test("are the same for everybody on this machine")
    func local() throws {
        for address in ["127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"] { #expect(try key(address) == .local) }
        for address in ["126.255.255.255", "128.0.0.1", "::ffff:128.0.0.1"] { #expect(try key(address) != .local) }
        #expect(ClientKey(nil) == .local)
        #expect(ClientKey(try SocketAddress(unixDomainSocketPath: "/a")) == .local)
    }
}
