import Foundation

/// A TCP connection without HTTP, to see what happens below it.
///
/// The blocking calls run on a thread of their own: those of Swift's pool have to keep the server going.
final class RawConnection: Sendable {
    enum End: Equatable, Sendable {
        /// The other side closed the connection.
        case closed
        case failed(errno: CInt)
    }

    private let descriptor: CInt

    private init(descriptor: CInt) {
        self.descriptor = descriptor
    }

    deinit { close() }

    /// Connects to a port of 127.0.0.1, or throws a `POSIXError`.
    static func open(port: Int) async throws -> RawConnection {
        try await onThread {
            #if canImport(Darwin)
                let descriptor = socket(AF_INET, SOCK_STREAM, 0)
            #else
                let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
            #endif
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = in_port_t(UInt16(port).bigEndian)
            address.sin_addr.s_addr = inet_addr("127.0.0.1")
            let result = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            guard result == 0 else {
                let code = errno
                _ = Foundation.close(descriptor)
                throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO)
            }
            return RawConnection(descriptor: descriptor)
        }
    }

    /// Sends a GET request that keeps the connection alive.
    func sendGet(_ path: String) async throws {
        try await send("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n")
    }

    func send(_ text: String) async throws {
        try await Self.onThread { [descriptor] in
            var rest = Array(text.utf8)[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { Foundation.send(descriptor, $0.baseAddress, $0.count, 0) }
                guard count > 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
                rest = rest.dropFirst(count)
            }
        }
    }

    /// Reads until the other side has ended the connection.
    func readToEnd() async throws -> (bytes: [UInt8], end: End) {
        try await Self.onThread { [descriptor] in
            var all: [UInt8] = []
            while true {
                switch Self.readSome(descriptor) {
                case .success(let bytes) where bytes.isEmpty: return (all, .closed)
                case .success(let bytes): all += bytes
                case .failure(let error): return (all, .failed(errno: error.code.rawValue))
                }
            }
        }
    }

    /// Reads until the text ends an answer's head or body.
    func read(until suffix: String) async throws -> String {
        try await Self.onThread { [descriptor] in
            var text = ""
            while !text.hasSuffix(suffix) {
                let bytes = try Self.readSome(descriptor).get()
                guard !bytes.isEmpty else { return text }
                text += String(decoding: bytes, as: UTF8.self)
            }
            return text
        }
    }

    /// Closes this side, as a client that goes away does.
    func shutDown() {
        #if canImport(Darwin)
            _ = shutdown(descriptor, SHUT_RDWR)
        #else
            _ = shutdown(descriptor, CInt(SHUT_RDWR))
        #endif
    }

    private func close() {
        _ = Foundation.close(descriptor)
    }

    private static func readSome(_ descriptor: CInt) -> Result<[UInt8], POSIXError> {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count >= 0 else { return .failure(POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)) }
        return .success(Array(buffer.prefix(count)))
    }

    private static func onThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value
    {
        try await withCheckedThrowingContinuation { continuation in
            Thread { continuation.resume(with: Result(catching: body)) }.start()
        }
    }
}
