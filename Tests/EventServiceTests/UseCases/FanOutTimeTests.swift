import EventService
import EventServiceTestSupport
import NIOCore
import TestSupport
import Testing

@Suite("The time that the events of a user take", .timeLimit(.minutes(3)))
struct FanOutTimeTests {
    @Test("fifty events of 500 ms each take one step of 500 ms after the user's")
    func fifty() async throws {
        let harness = try slow(count: 50)
        async let list = read(harness)
        try await harness.clock.waitForSleepers(3)
        harness.clock.advance(by: .milliseconds(500))
        // The deadline, and for each call its delay and its time-out.
        try await harness.clock.waitForSleepers(1 + 2 * 50)
        harness.clock.advance(by: .milliseconds(500))
        #expect(try await list.count == 50)
        #expect(harness.clock.now.offset == .seconds(1))
        #expect(harness.clock.sleepers == 0)
    }

    @Test("a thousand events of 500 ms each take twenty rounds of fifty")
    func thousand() async throws {
        let harness = try slow(count: 1000)
        async let list = read(harness)
        try await harness.clock.waitForSleepers(3)
        harness.clock.advance(by: .milliseconds(500))
        for _ in 1...20 {
            try await harness.clock.waitForSleepers(1 + 2 * 50)
            harness.clock.advance(by: .milliseconds(500))
        }
        #expect(try await list == (0..<1000).map { "e\($0)" })
        #expect(harness.clock.now.offset == .milliseconds(10_500))
        #expect(harness.api.record.peak == 50)
        #expect(harness.context.upstreamAttempts == 1001)
    }

    /// The identifiers of the events that were read.
    private func read(_ harness: ServiceHarness) async throws -> [String] {
        let list = try await harness.service.events(ofUser: "1", partial: false, for: harness.context)
        return String(buffer: list.body).matches(of: /"id":"([^"]*)"/).map { String($0.output.1) }
    }

    /// An events API that takes 500 ms of the manual clock for each call.
    private func slow(count: Int) throws -> ServiceHarness {
        let harness = try ServiceHarness(.working())
        let ids = (0..<count).map { "e\($0)" }
        harness.api.setScript { [clock = harness.clock] (call, context) throws(UpstreamError) in
            do {
                try await clock.sleep(for: .milliseconds(500))
            } catch {
                throw .cancelled
            }
            return try await FakeEventsAPI.success(events: ids)(call, context)
        }
        return harness
    }
}
