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
        /// What was written last.
        var buffer = ByteBuffer()

        var received: ReceivedEvents { ReceivedEvents(text) }
    }

    private let state = Observed(State())
    private let harness: APIHarness

    private init(_ harness: APIHarness) {
        self.harness = harness
    }

    /// Opens several streams of one API, and leaves them after `body`.
    static func run<T: Sendable>(
        _ count: Int,
        _ harness: APIHarness,
        _ api: HTTPAPI,
        _ body: ([StreamClient]) async throws -> T
    ) async throws -> T {
        let clients = (1...count).map { _ in StreamClient(harness) }
        let tasks = try clients.map { try $0.open(api) }
        defer { for task in tasks { task.cancel() } }
        return try await body(clients)
    }

    /// Opens a stream, and leaves it after `body`.
    static func run<T: Sendable>(
        _ harness: APIHarness,
        _ api: HTTPAPI? = nil,
        resumingFrom id: String? = nil,
        _ body: (StreamClient) async throws -> T
    ) async throws -> T {
        let client = StreamClient(harness)
        let task = try client.open(api ?? harness.httpAPI, resumingFrom: id)
        defer { task.cancel() }
        return try await body(client)
    }

    private func open(_ api: HTTPAPI, resumingFrom id: String? = nil) throws -> Task<Void, any Error> {
        let answer = try api.streams.open(for: .local, resumingFrom: id)
        return Task { try await answer.write(Writer(client: self)) }
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

    /// Where in memory stands what was written last, which is kept until something else is written.
    var place: UnsafeRawPointer? {
        state.value.buffer.withUnsafeReadableBytes(\.baseAddress)
    }

    func setReading(_ isReading: Bool) {
        state.change { $0.isReading = isReading }
    }

    /// Returns when the stream has sent what it had, and waits before it sends more.
    func waitForPace() async throws {
        let clock = harness.clock
        while clock.nextWake?.offset != clock.now.offset + StreamFeed.minimumInterval {
            try Task.checkCancellation()
            await Task.yield()
        }
    }

    /// Lets the stream send again what happened meanwhile, once it has sent what it had.
    func pass() async throws {
        try await waitForPace()
        harness.clock.advance(by: StreamFeed.minimumInterval)
    }

    private struct Writer: ResponseBodyWriter {
        let client: StreamClient

        func write(_ buffer: ByteBuffer) async throws {
            client.state.change {
                $0.writes += 1
                $0.buffer = buffer
            }
            try await client.state.wait { $0.isReading }
            client.state.change { $0.text += String(buffer: buffer) }
        }

        consuming func finish(_ trailingHeaders: HTTPFields?) async throws {
            client.state.change { $0.isFinished = true }
        }
    }
}
