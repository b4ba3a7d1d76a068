import EventServiceTestSupport
import HTTPTypes
import Hummingbird
import NIOCore
import TestSupport
import Testing

@testable import HTTPAPI

/// A client of a stream without a connection, which reads only while it wants to.
final class StreamClient: Sendable {
    struct State: Sendable {
        var text = ""
        var writes = 0
        var isReading = true
        var isFinished = false

        var received: ReceivedEvents { ReceivedEvents(text) }
    }

    private let state = Observed(State())
    private let harness: APIHarness

    private init(_ harness: APIHarness) {
        self.harness = harness
    }

    /// Opens a stream, and leaves it after `body`.
    static func run<T: Sendable>(
        _ harness: APIHarness,
        _ api: HTTPAPI? = nil,
        resumingFrom id: String? = nil,
        _ body: (StreamClient) async throws -> T
    ) async throws -> T {
        let client = StreamClient(harness)
        let answer = try (api ?? harness.httpAPI).streams.open(resumingFrom: id)
        let task = Task { try await answer.write(Writer(client: client)) }
        defer { task.cancel() }
        return try await body(client)
    }

    /// What was received.
    var received: ReceivedEvents { state.value.received }

    /// Whether the stream has ended.
    var isFinished: Bool { state.value.isFinished }

    /// Writes that were begun; one that isn't read doesn't end.
    var writes: Int { state.value.writes }

    /// Returns as soon as what is there meets a condition.
    func wait(until condition: @escaping @Sendable (State) -> Bool) async throws {
        try await state.wait(until: condition)
    }

    /// The events, as soon as there are as many of them.
    func events(_ count: Int) async throws -> [ReceivedEvents.Event] {
        try await state.wait { $0.received.events.count >= count }
        return received.events
    }

    func setReading(_ isReading: Bool) {
        state.change { $0.isReading = isReading }
    }

    /// Returns when the stream has sent what it had, and waits before it sends more.
    func waitForPace() async throws {
        let clock = harness.clock
        while clock.nextWake?.offset != clock.now.offset + EventStream.minimumInterval {
            try Task.checkCancellation()
            await Task.yield()
        }
    }

    /// Lets the stream send again what happened meanwhile, once it has sent what it had.
    func pass() async throws {
        try await waitForPace()
        harness.clock.advance(by: EventStream.minimumInterval)
    }

    private struct Writer: ResponseBodyWriter {
        let client: StreamClient

        func write(_ buffer: ByteBuffer) async throws {
            client.state.change { $0.writes += 1 }
            try await client.state.wait { $0.isReading }
            client.state.change { $0.text += String(buffer: buffer) }
        }

        consuming func finish(_ trailingHeaders: HTTPFields?) async throws {
            client.state.change { $0.isFinished = true }
        }
    }
}
