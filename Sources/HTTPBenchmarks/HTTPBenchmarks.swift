import Hummingbird
import Logging

/// A server with one route that does nothing: what the HTTP API's throughput is measured against.
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
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
            logger: logger
        )
        try await application.runService()
    }
}
