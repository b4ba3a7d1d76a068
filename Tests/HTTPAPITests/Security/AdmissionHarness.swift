import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import TestSupport

@testable import HTTPAPI

/// An access control with nothing around it.
struct AdmissionHarness {
    /// The token of each name is `token-of-NAME-0123456789`.
    static func token(_ name: String) -> String { "token-of-\(name)-0123456789" }

    let clock = ManualClock()
    let control: AccessControl

    init(_ configure: (inout HTTPAPIConfiguration) -> Void = { _ in }) {
        var configuration = HTTPAPIConfiguration()
        configure(&configuration)
        control = AccessControl(configuration, clock: clock)
    }

    /// Tokens with a name and scopes each: `reader read`.
    static func tokens(_ lines: String...) throws -> AccessTokens {
        try AccessTokens(
            parsing: lines.map { "\($0) \(token(String($0.prefix { $0 != " " })))" }.joined(separator: "\n")
        )
    }

    /// What becomes of a request: why it is refused, or `nil`, and what was found out about it.
    func admit(
        _ access: Operation.Access = .read,
        _ method: HTTPRequest.Method = .get,
        host: String? = "localhost:3000",
        as name: String? = nil,
        from address: String? = nil,
        headers: HTTPFields = [:]
    ) throws -> (refusal: AccessRefusal?, notes: RequestNotes.Contents) {
        let channel = EmbeddedChannel()
        channel.remoteAddress = try address.map { try SocketAddress(ipAddress: $0, port: 50_000) }
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let context = APIContext(source: ApplicationRequestContextSource(channel: channel, logger: logger))
        var headers = headers
        if let name { headers[.authorization] = "Bearer \(Self.token(name))" }
        let head = HTTPRequest(method: method, scheme: "http", authority: host, path: "/", headerFields: headers)
        do {
            try control.admit(Request(head: head, body: .init(buffer: ByteBuffer())), to: access, context)
            return (nil, context.notes.current)
        } catch {
            return (error, context.notes.current)
        }
    }
}
