import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// A server with a route that does nothing, and one that answers with as many bytes and fields as `/getUsers` does, which are
/// always the same: what the HTTP API's throughput is measured against.
@main
struct HTTPBenchmarks {
    static func main() async throws {
        guard CommandLine.arguments.count == 2, let port = Int(CommandLine.arguments[1]) else {
            fatalError("usage: HTTPBenchmarks PORT")
        }
        var logger = Logger(label: "empty")
        logger.logLevel = .error
        let router = Router()
        router.get("/") { _, _ in HTTPResponse.Status.ok }
        router.get("/answer") { _, _ in
            Response(status: .ok, headers: fields, body: ResponseBody(byteBuffer: body))
        }
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
            logger: logger
        )
        try await application.runService()
    }

    /// A dozen users, as `Scripts/benchmark-http` has them.
    private static let body = ByteBuffer(repeating: UInt8(ascii: " "), count: 1060)

    private static let fields = HTTPFields(
        [
            ("Content-Type", "application/json; charset=utf-8"),
            ("ETag", #""0123456789abcdef0123456789abcdef""#),
            ("Cache-Control", "no-cache"),
            ("Age", "0"),
            ("Cache-Status", "evenkeel; hit; ttl=1"),
            ("X-Request-Id", "0123456789abcdef"),
            ("traceparent", "00-0123456789abcdef0123456789abcdef-0123456789abcdef-00"),
        ]
        .compactMap { name, value in HTTPField.Name(name).map { HTTPField(name: $0, value: value) } }
    )
}
