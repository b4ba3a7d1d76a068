import Foundation

/// A port whose queue of connections is full, so that attempts to connect are neither taken nor refused.
final class SilentListener {
    /// Its port on 127.0.0.1.
    let port: UInt16
    private let descriptors: [Int32]

    init() throws {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        #if canImport(Darwin)
            let stream = SOCK_STREAM
        #else
            let stream = Int32(SOCK_STREAM.rawValue)
        #endif
        let listener = socket(AF_INET, stream, 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let error = withUnsafeMutablePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                guard bind(listener, address, length) == 0, listen(listener, 0) == 0 else { return errno }
                return getsockname(listener, address, &length) == 0 ? 0 : errno
            }
        }
        guard error == 0 else { throw POSIXError(POSIXError.Code(rawValue: error) ?? .EIO) }
        port = UInt16(bigEndian: address.sin_port)
        // One is taken by a queue of none.
        let waiting = (0..<2).map { _ in socket(AF_INET, stream, 0) }
        for client in waiting {
            _ = fcntl(client, F_SETFL, O_NONBLOCK)
            withUnsafePointer(to: &address) { address in
                address.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = connect(client, $0, length) }
            }
        }
        descriptors = [listener] + waiting
    }

    deinit {
        for descriptor in descriptors { close(descriptor) }
    }
}
