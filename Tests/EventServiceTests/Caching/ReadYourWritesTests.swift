import EventService
import EventServiceTestSupport
import NIOCore
import Synchronization
import TestSupport
import Testing

/// Events are numbered in the order of their adding, so an answer without an event has only smaller numbers.
@Suite("A read that begins after an event was added has it", .timeLimit(.minutes(5)))
struct ReadYourWritesTests {
    /// An events API that takes its time between looking and answering, as networks do.
    private final class NumberedEvents: Sendable {
        private let last = Atomic(0)

        /// A user has the last three events, so that reading them stays cheap.
        var ids: [String] {
            let last = last.load(ordering: .sequentiallyConsistent)
            return (max(0, last - 2)...last).map(String.init)
        }

        func answer(to call: UpstreamCall, _ context: CallContext) async throws(UpstreamError) -> ByteBuffer {
            if case .addEvent = call {
                await pause()
                last.add(1, ordering: .sequentiallyConsistent)
                await pause()
                return AnswerBody.added
            }
            let ids = ids
            if case .event(let id) = call, !ids.contains(id), (Int(id) ?? 0) > (ids.last.flatMap(Int.init) ?? 0) {
                await pause()
                throw .notFound
            }
            let answer = try await FakeEventsAPI.success(events: ids)(call, context)
            await pause()
            return answer
        }

        private func pause() async {
            for _ in 0..<Int.random(in: 0..<8) { await Task.yield() }
        }
    }

    /// The largest number in an answer.
    private static func last(in answer: ServiceAnswer) -> Int {
        answer.text.matches(of: /"(\d+)"/).compactMap { Int($0.output.1) }.max() ?? 0
    }

    @Test("whatever is read meanwhile, a thousand times over", arguments: [true, false])
    func rounds(cacheIsOn: Bool) async throws {
        let events = NumberedEvents()
        let api = FakeEventsAPI { (call, context) throws(UpstreamError) in try await events.answer(to: call, context) }
        let harness = try cacheIsOn ? ServiceHarness.caching(api) : ServiceHarness(api)
        let added = Observed(0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for read in [Read.users, .events, .user, .eventsOfUser, .partialEventsOfUser] {
                group.addTask {
                    while added.value < 1_000 {
                        let before = added.value
                        let answer = try await read.answer(harness)
                        try #require(Self.last(in: answer) >= before, "\(read): \(answer.freshness)")
                        // A hit doesn't suspend, and nobody else would have a turn.
                        await Task.yield()
                    }
                }
            }
            for number in 1...1_000 {
                let body = ByteBuffer(string: #"{"id":"\#(number)","name":"Talk","userId":"1"}"#)
                try #require(await harness.add(body).error == nil)
                added.change { $0 = number }
                for read in [Read.eventsOfUser, .user, .users, .events] {
                    try #require(Self.last(in: try await read.answer(harness)) >= number)
                }
                let event = try await harness.service.event(id: "\(number)", for: harness.context)
                try #require(event.text.contains(#""\#(number)""#))
            }
            try await group.waitForAll()
        }
        #expect(harness.service.cacheStatistics.hits > 0 || !cacheIsOn)
    }
}
