import Foundation
import Logging
import Testing

@testable import UpstreamSimulator

/// A simulator under test and how to talk to it, one connection per request.
struct Harness: Sendable {
    let simulator: UpstreamSimulator
    let port: Int

    /// Sends a request and reads the answer; throws if that ends before its `Content-Length`.
    func send(_ method: String, _ path: String, body: String? = nil, port: Int? = nil) async throws -> RawAnswer {
        let connection = try await RawConnection.open(port: port ?? self.port)
        var request = "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        if let body { request += "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n" }
        try await connection.send(request + "\r\n" + (body ?? ""))
        return try RawAnswer(try await connection.readToEnd().bytes)
    }

    func get(_ path: String) async throws -> RawAnswer { try await send("GET", path) }
    func post(_ path: String, _ body: String) async throws -> RawAnswer { try await send("POST", path, body: body) }

    /// Posts an event without an id.
    func addEvent() async throws -> RawAnswer { try await post("/addEvent", #"{"name":"Picnic","userId":"1"}"#) }
}

/// Runs a simulator while `body` runs, on a free port and with latency that takes no time unless `clock` says so.
func withSimulator(
    _ scenario: Scenario = .steady,
    clock: TestClock = TestClock(),
    configure: (inout SimulatorConfiguration) -> Void = { _ in },
    _ body: @Sendable (Harness) async throws -> Void
) async throws {
    var configuration = SimulatorConfiguration(scenario: scenario)
    configure(&configuration)
    let simulator = UpstreamSimulator(configuration: configuration, logger: quietLogger, clock: clock)
    let run = Task { try await simulator.run() }
    do {
        let (_, port) = try await simulator.waitUntilListening()
        try await body(Harness(simulator: simulator, port: port))
    } catch {
        run.cancel()
        try await run.value
        throw error
    }
    run.cancel()
    try await run.value
}

let quietLogger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// Waits until something that happens on another thread has happened; the test's time limit ends it if it never does.
func eventually(_ condition: () -> Bool) async throws {
    while !condition() {
        try Task.checkCancellation()
        await Task.yield()
    }
}
