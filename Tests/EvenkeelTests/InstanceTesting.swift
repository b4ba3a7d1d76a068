import AsyncHTTPClient
import EventService
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import ServiceLifecycle
import Storage
import UpstreamSimulator

@testable import evenkeel

/// The API of an instance under test.
struct TestedAPI: Sendable {
    let client: HTTPClient
    let url: String
    let group: ServiceGroup

    var port: Int { Int(url.split(separator: ":").last ?? "") ?? 0 }

    func get(_ path: String) async throws -> (response: HTTPClientResponse, body: String) {
        try await send(HTTPClientRequest(url: url + path))
    }

    func post(_ path: String, _ body: String) async throws -> (response: HTTPClientResponse, body: String) {
        var request = HTTPClientRequest(url: url + path)
        request.method = .POST
        request.headers = ["content-type": "application/json"]
        request.body = .bytes(ByteBuffer(string: body))
        return try await send(request)
    }

    /// Tells the instance to stop, as a signal does.
    func stop() async {
        await group.triggerGracefulShutdown()
    }

    private func send(_ request: HTTPClientRequest) async throws -> (response: HTTPClientResponse, body: String) {
        let response = try await client.execute(request, timeout: .seconds(60))
        let body = try await response.body.collect(upTo: 1 << 26)
        return (response, String(buffer: body))
    }
}

/// Runs an instance on free ports, with a simulator that takes no time, and stops it after `body`.
func withInstance(
    scenario: Scenario,
    latency: Duration = .zero,
    configure: (inout EventServiceConfiguration) throws -> Void = { _ in },
    tokensFile: AccessTokensFile? = nil,
    _ body: @escaping @Sendable (Instance, TestedAPI) async throws -> Void
) async throws {
    var settings = Settings()
    settings.store.location = .memory
    settings.port = 0
    settings.tokensFile = tokensFile
    settings.service.readRetries.firstDelay = .milliseconds(1)
    settings.service.addRetries.firstDelay = .milliseconds(1)
    try configure(&settings.service)
    let simulator = SimulatorConfiguration(scenario: scenario, latency: latency)
    let client = HTTPClient(eventLoopGroup: MultiThreadedEventLoopGroup.singleton)
    let result: Result<Void, any Error>
    do {
        try await Instance.run(settings: settings, simulator: simulator, logger: .silent, log: .standardError) {
            instance in
            try await instance.whileServing { url, group in
                try await body(instance, TestedAPI(client: client, url: url, group: group))
            }
        }
        result = .success(())
    } catch {
        result = .failure(error)
    }
    try await client.shutdown()
    try result.get()
}

extension Logger {
    /// A logger that writes nothing.
    static var silent: Logger {
        Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    }
}

/// A JSON value of which a test reads only strings.
enum JSONValue: Decodable {
    case string(String)
    case other

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        self = container.decodeNil() ? .other : (try? container.decode(String.self)).map { .string($0) } ?? .other
    }

    var string: String? {
        if case .string(let value) = self { value } else { nil }
    }
}
