import EventService
import EventServiceTestSupport
import Hummingbird
import HummingbirdTesting
import Logging
import NIOPosix
import Synchronization
import TestSupport
import Testing

@testable import HTTPAPI

@Suite("Where a request is answered", .enabled(if: Task<Void, Never>.canBeImmediate), .timeLimit(.minutes(3)))
struct RequestThreadTests {
    @Test("On its event loop, if it is kept, rejected or unknown")
    func onEventLoop() async throws {
        let log = ThreadLog()
        let harness = try APIHarness(.working(events: ["a"]), logger: log.logger) { $0.cache.lifetime = .seconds(60) }
        let paths = ["/getUsers", "/v1/users?limit=1", "/v1/users/1", "/v1/users/1/events", "/unknown", "/getEvents"]
        harness.service.setMode(.forcedOpen, of: .getEvents)
        try await harness.run(.live) { client in
            for path in paths { _ = try await client.execute(uri: path, method: .get) }
            try await RawClient.run(port: client.port) { raw in
                // The first request of a connection may come before its task has begun.
                try await raw.get("/healthz")
                _ = try await raw.answer()
                log.forget()
                for path in paths {
                    try await raw.get(path)
                    _ = try await raw.answer()
                }
            }
        }
        #expect(log.areOnEventLoop == paths.map { _ in true })
    }

    @Test("Elsewhere, if it never comes from the cache", arguments: [true, false])
    func elsewhere(isCached: Bool) async throws {
        let isOnEventLoop = Observed<[Bool]>([])
        let answer = Operation.Answer(status: 200, description: "", headers: isCached ? ["Cache-Status"] : [])
        let operation = Operation(id: "test", tag: .operating, summary: "", access: .open, answers: [answer])
        let endpoint = Endpoint.get("/", operation) { _, _ in
            isOnEventLoop.change { $0.append(MultiThreadedEventLoopGroup.currentEventLoop != nil) }
            return Response(status: .ok)
        }
        let configuration = HTTPAPIConfiguration()
        let router = Router(context: APIContext.self)
        router.add([endpoint], guardedBy: AccessControl(configuration, clock: ManualClock()))
        try await serve(router) { port in
            try await RawClient.run(port: port) { raw in
                for _ in 1...20 {
                    try await raw.get("/")
                    #expect(try await raw.answer().status == 200)
                }
            }
        }
        // The first may come before the connection's task has begun.
        #expect(isOnEventLoop.value.dropFirst() == Array(repeating: isCached, count: 19)[...])
    }

    @Test("Elsewhere, if it is a stream")
    func streams() async throws {
        let isOnEventLoop = Observed<[Bool]>([])
        let respond: ImmediateRequestHandler.Respond = { request, _ in
            guard request.uri.path == "/stream" else { return Response(status: .notFound) }
            return Response(
                status: .ok,
                body: ResponseBody { writer in
                    isOnEventLoop.change { $0.append(MultiThreadedEventLoopGroup.currentEventLoop != nil) }
                    try await writer.write(ByteBuffer(string: "."))
                    try await writer.finish(nil)
                }
            )
        }
        try await serve(Router(context: APIContext.self), respond) { port in
            try await RawClient.run(port: port) { raw in
                // Whoever answers this one, the next are answered by what is tested.
                try await raw.get("/")
                #expect(try await raw.answer().status == 404)
                for count in 1...20 {
                    try await raw.get("/stream")
                    try await raw.wait {
                        $0.split(separator: ".\r\n0\r\n\r\n").count == count && $0.hasSuffix("0\r\n\r\n")
                    }
                }
            }
        }
        #expect(isOnEventLoop.value == Array(repeating: false, count: 20))
    }

    @Test("Requests behind one that waits are answered after it, in their order")
    func behindWaiting() async throws {
        let gate = Gate()
        let harness = try APIHarness(
            FakeEventsAPI { (call, context) throws(UpstreamError) in
                if call.route == .getEvents { try await gate.pass() }
                return try await FakeEventsAPI.success()(call, context)
            }
        ) {
            $0.cache.lifetime = .seconds(60)
        }
        let event = #"{"name":"n","userId":"1"}"#
        let requests = [
            "GET /getEvents", "GET /getUsers", "POST /addEvent", "GET /healthz", "GET /getUserById", "GET /getUsers",
        ]
        try await harness.run(.live) { client in
            _ = try await client.execute(uri: "/getUsers", method: .get)
            try await RawClient.run(port: client.port) { raw in
                try await raw.send(
                    requests.map { request in
                        let body = request.hasPrefix("POST") ? event : ""
                        let length = body.isEmpty ? "" : "Content-Length: \(body.utf8.count)\r\n"
                        return "\(request) HTTP/1.1\r\nHost: localhost\r\n\(length)\r\n\(body)"
                    }
                    .joined()
                )
                try await harness.api.wait { $0.underWay == 1 }
                // The server had its turn with what came behind.
                _ = try await client.execute(uri: "/healthz", method: .get)
                #expect(raw.leftOver.isEmpty)
                gate.open()
                var statuses: [Int] = []
                for _ in requests { statuses.append(try await raw.answer().status) }
                #expect(statuses == [200, 200, 200, 200, 404, 200])
                #expect(raw.leftOver.isEmpty)
            }
        }
        #expect(harness.api.record.count(.addEvent) == 1)
    }

    @Test("The server doesn't stop before a request whose client hung up is over")
    func outlivingRequest() async throws {
        let request = Observed((begun: false, cancelled: false, over: false, hasServerStopped: false))
        let gate = Gate()
        let respond: ImmediateRequestHandler.Respond = { incoming, _ in
            guard incoming.uri.path == "/waiting" else { return Response(status: .notFound) }
            await withTaskCancellationHandler {
                request.change { $0.begun = true }
                // As a task of its own it isn't cancelled with the request.
                _ = try? await Task { try await gate.pass() }.value
                request.change { $0.over = true }
            } onCancel: {
                request.change { $0.cancelled = true }
            }
            return Response(status: .ok)
        }
        let releasing = try await serve(Router(context: APIContext.self), respond) { port in
            try await RawClient.run(port: port) { raw in
                // Whoever answers this one, the next is answered by what is tested.
                try await raw.get("/")
                #expect(try await raw.answer().status == 404)
                try await raw.get("/waiting")
                try await request.wait { $0.begun }
            }
            try await request.wait { $0.cancelled }
            return Task {
                while let client = try? await RawClient.connect(port: port) { await client.close() }
                // Time enough to stop for a server that doesn't wait.
                for _ in 1...1000 { await Task.yield() }
                #expect(!request.value.hasServerStopped)
                gate.open()
            }
        }
        request.change { $0.hasServerStopped = true }
        #expect(request.value.over)
        await releasing.value
    }

    /// Runs `body` with the port of a server.
    /// - Parameter respond: What answers what may begin on an event loop; `nil` is the router.
    private func serve<T: Sendable>(
        _ router: Router<APIContext>,
        _ respond: ImmediateRequestHandler.Respond? = nil,
        _ body: @Sendable (Int?) async throws -> T
    ) async throws -> T {
        let responder = router.buildResponder()
        let application = Application(
            responder: responder,
            server: .cancelling(
                HTTPAPIConfiguration(),
                meter: ConnectionMeter(),
                certificate: nil,
                respond: respond ?? { request, channel in
                    let source = ApplicationRequestContextSource(channel: channel, logger: Logger(label: "test"))
                    let response = try? await responder.respond(to: request, context: APIContext(source: source))
                    return response ?? Response(status: .internalServerError)
                }
            ),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0))
        )
        return try await application.test(.live) { try await body($0.port) }
    }
}

/// Notes of each request that was answered whether that was on an event loop.
private final class ThreadLog: Sendable {
    private let state = Mutex<[Bool]>([])

    var areOnEventLoop: [Bool] { state.withLock { $0 } }

    func forget() {
        state.withLock { $0 = [] }
    }

    var logger: Logger {
        Logger(label: "test") { _ in Handler(log: self) }
    }

    private struct Handler: LogHandler {
        let log: ThreadLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.debug

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            guard event.metadata?["route"] != nil else { return }
            log.state.withLock { $0.append(MultiThreadedEventLoopGroup.currentEventLoop != nil) }
        }
    }
}
