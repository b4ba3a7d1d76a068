import EventService
import EventServiceTestSupport
import Foundation
import NIOCore
import TestSupport
import Testing

@Suite("Events that are kept", .timeLimit(.minutes(3)))
struct OutboxDeliveryTests {
    private let stores = FakeStores()
    private static let noRoom = StoreError(.noSpace, message: "the disk is full")

    /// A service that adds without retries, with everything down.
    private func harness() throws -> ServiceHarness {
        try ServiceHarness(.failing(.refused), stores: stores) { configuration in
            configuration.addRetries.maximum = 0
            configuration.readRetries.maximum = 0
        }
    }

    /// Has an event kept.
    private func keep(
        _ name: String,
        of userID: String = "1",
        in harness: ServiceHarness
    ) async throws -> OutboxEntry {
        let body = ServiceHarness.body(name: name, userID: userID)
        guard
            case .accepted(let entry) = try await harness.service.addEvent(
                body,
                whenDown: .queue,
                for: harness.context
            )
        else { throw ServiceError(.notKept, message: "was added at once") }
        return entry
    }

    /// Delivers while `body` runs.
    private func delivering(_ harness: ServiceHarness, _ body: () async throws -> Void) async throws {
        async let delivery: Void = harness.service.deliverOutbox()
        do {
            try await body()
        } catch {
            harness.service.stopDelivering()
            throw error
        }
        harness.service.stopDelivering()
        await delivery
    }

    /// Returns when what is kept meets a condition; the time goes on by 10 ms meanwhile, as often as somebody sleeps.
    private func wait(_ harness: ServiceHarness, until condition: ([OutboxEntry]) -> Bool) async throws {
        while !condition(stores.outbox.entries) {
            try Task.checkCancellation()
            if harness.clock.sleepers > 0 { harness.clock.advance(by: .milliseconds(10)) }
            await Task.yield()
        }
    }

    /// The names of the events that were sent, in order.
    private func sent(_ harness: ServiceHarness) -> [String] {
        harness.api.record.calls.compactMap(\.eventName)
    }

    @Test("are delivered as soon as the events API is back, with the identifier that was promised")
    func delivered() async throws {
        let harness = try harness()
        let entry = try await keep("a", in: harness)
        #expect(stores.outbox.entries == [entry])
        #expect(entry.requestID == "test-request")
        harness.api.setScript(FakeEventsAPI.success())
        harness.api.forgetCalls()
        try await delivering(harness) {
            try await wait(harness) { $0.map(\.state) == [.delivered] }
        }
        #expect(harness.api.record.calls == [.addEvent(body: entry.event)])
        #expect(harness.api.record.contexts.first?.requestID == "test-request")
        let kept = try #require(stores.outbox.entries.first)
        #expect(kept.answer == AnswerBody.added)
        #expect(kept.attempts == 1)
        #expect(harness.service.snapshot().outbox?.status.delivered == 1)
    }

    @Test("wait for an open breaker, and the first of them is its probe")
    func probe() async throws {
        let harness = try harness()
        for number in 1...3 { _ = try await keep("\(number)", of: "\(number)", in: harness) }
        try await delivering(harness) {
            // What is down is for the breaker to find out.
            try await wait(harness) { _ in (try? harness.breaker(.addEvent).state) == .open }
            harness.api.setScript(FakeEventsAPI.success())
            harness.api.forgetCalls()
            let opened = harness.clock.now.offset
            try await wait(harness) { $0.allSatisfy { $0.state == .delivered } }
            #expect(harness.clock.now.offset - opened >= .seconds(10))
        }
        #expect(try harness.breaker(.addEvent).state == .closed)
        #expect(Set(sent(harness)) == ["1", "2", "3"])
        // As many probes as that, and nobody was rejected.
        #expect(try harness.breaker(.addEvent).totals.rejected == 0)
    }

    @Test("of one user keep their order, also behind one that fails")
    func order() async throws {
        let harness = try harness()
        for number in 1...5 { _ = try await keep("\(number)", in: harness) }
        // The first is answered with a failure that may be its own, twice.
        let failures = Observed(2)
        harness.api.forgetCalls()
        harness.api.setScript { (call, _) throws(UpstreamError) in
            guard call.eventName == "1" else { return AnswerBody.added }
            if failures.change({
                $0 -= 1; return $0
            }) >= 0 {
                throw .unexpectedStatus(500)
            }
            return AnswerBody.added
        }
        try await delivering(harness) {
            try await wait(harness) { $0.allSatisfy { $0.state == .delivered } }
        }
        #expect(sent(harness) == ["1", "1", "1", "2", "3", "4", "5"])
        #expect(try harness.breaker(.addEvent).totals.opened == 0)
    }

    @Test("don't block those of others, and one that is refused not even its user's")
    func refused() async throws {
        let harness = try harness()
        for name in ["bad", "next"] { _ = try await keep(name, of: "1", in: harness) }
        for name in ["broken", "behind"] { _ = try await keep(name, of: "2", in: harness) }
        _ = try await keep("other", of: "3", in: harness)
        harness.api.setScript { (call, _) throws(UpstreamError) in
            switch call.eventName {
            case "bad": throw .rejected(status: 422, message: "no such user")
            case "broken": throw .unexpectedStatus(500)
            default: return AnswerBody.added
            }
        }
        try await delivering(harness) {
            try await wait(harness) { $0.count { $0.state == .delivered } == 2 && $0[2].attempts > 0 }
        }
        let states = stores.outbox.entries.map(\.state)
        #expect(states == [.refused, .delivered, .waiting, .waiting, .delivered])
        let bad = stores.outbox.entries[0]
        #expect(bad.refusedStatus == 422)
        #expect(bad.lastError == "status 422: no such user")
        let broken = stores.outbox.entries[2]
        #expect(broken.lastError == "status 500")
        #expect(broken.nextAttemptAt.map { $0 > harness.service.now } == true)
    }

    @Test(
        "that fail for ever don't keep the breaker open for everybody else",
        arguments: [
            UpstreamError.timedOut(after: .seconds(5)), .reset, .truncated, .unexpectedStatus(500),
            .overloaded(status: 503, retryAfter: nil),
        ]
    )
    func poison(error: UpstreamError) async throws {
        let harness = try harness()
        let poison = try await keep("poison", in: harness)
        harness.api.setScript { (call, _) throws(UpstreamError) in
            if case .addEvent(poison.event) = call { throw error }
            return AnswerBody.added
        }
        var rejected = 0
        try await delivering(harness) {
            // Ten minutes of a client who adds an event every five seconds.
            for number in 1...120 {
                let next = Duration.seconds(5 * number)
                try await wait(harness) { _ in harness.clock.now.offset >= next }
                if await harness.add(ServiceHarness.body(userID: "2")).error != nil { rejected += 1 }
            }
        }
        #expect(stores.outbox.entries.map(\.state) == [.waiting])
        #expect(stores.outbox.entries[0].attempts >= 5)
        // The breaker's first wait at most: 10 s.
        #expect(rejected <= 2)
    }

    @Test("are not held back for a day because one was told to come tomorrow")
    func longRetryAfter() async throws {
        let harness = try harness()
        for number in 1...3 { _ = try await keep("\(number)", of: "\(number)", in: harness) }
        let isFirst = Observed(true)
        harness.api.setScript { (_, _) throws(UpstreamError) in
            let isFirst = isFirst.change { isFirst in
                defer { isFirst = false }
                return isFirst
            }
            if isFirst { throw .overloaded(status: 503, retryAfter: .seconds(86_400)) }
            return AnswerBody.added
        }
        try await delivering(harness) {
            try await wait(harness) { $0.allSatisfy { $0.state == .delivered } }
        }
        #expect(harness.clock.now.offset < .seconds(3600))
    }

    @Test("are behind those of the same user that are kept already, although the events API is back")
    func behind() async throws {
        let harness = try harness()
        _ = try await keep("first", in: harness)
        harness.api.setScript(FakeEventsAPI.success())
        harness.api.forgetCalls()
        let second = try await keep("second", in: harness)
        #expect(second.state == .waiting)
        #expect(harness.api.record.calls.isEmpty)
        // Another user's is added at once.
        let other = ServiceHarness.body(name: "other", userID: "2")
        guard case .added = try await harness.service.addEvent(other, whenDown: .queue, for: harness.context) else {
            Issue.record("was kept")
            return
        }
    }

    @Test("that can't be kept are not promised: the error says both")
    func notKept() async throws {
        let harness = try harness()
        stores.outbox.fail(Self.noRoom)
        let error = await #expect(throws: ServiceError.self) { _ = try await keep("a", in: harness) }
        #expect(error?.kind == .notKept)
        #expect(error?.message.hasSuffix("it can't be kept for later: there is no room left on the disk") == true)
    }

    @Test("that were refused and come again unchanged are not promised a second time")
    func refusedBefore() async throws {
        let harness = try harness()
        let entry = try await keep("a", in: harness)
        stores.outbox.change(entry.id) { ($0.state, $0.lastError) = (.refused, "status 422: no such user") }
        let error = await #expect(throws: ServiceError.self) {
            _ = try await harness.service.addEvent(entry.event, whenDown: .queue, for: harness.context)
        }
        #expect(error?.kind == .conflict)
        #expect(error?.message.contains("before: status 422: no such user; it is kept") == true)
    }

    @Test("are not asked for where the configuration or the request rejects")
    func rejected() async throws {
        let harness = try harness()
        #expect(await harness.add().error?.kind == .busy)
        #expect(stores.outbox.entries.isEmpty)
    }

    @Test("are delivered once their store works again")
    func storeFails() async throws {
        let harness = try harness()
        _ = try await keep("a", in: harness)
        harness.api.setScript(FakeEventsAPI.success())
        stores.outbox.fail(Self.noRoom)
        try await delivering(harness) {
            while harness.service.snapshot().outbox?.failure == nil { await Task.yield() }
            #expect(harness.service.snapshot().outbox?.failure == "the disk is full")
            stores.outbox.fail(nil)
            try await wait(harness) { $0.map(\.state) == [.delivered] }
        }
        #expect(harness.service.snapshot().outbox?.failure == nil)
    }

    @Test("can't be kept for some seconds after their store failed, whatever it answers then")
    func failingForAWhile() async throws {
        let harness = try harness()
        try await delivering(harness) {
            stores.outbox.fail(Self.noRoom)
            await #expect(throws: ServiceError.self) { _ = try await keep("a", in: harness) }
            let failedAt = harness.clock.now
            stores.outbox.fail(nil)
            while harness.service.snapshot().outbox?.failure != nil {
                try Task.checkCancellation()
                if harness.clock.sleepers > 0 { harness.clock.advance(by: .milliseconds(10)) }
                await Task.yield()
            }
            #expect(failedAt.duration(to: harness.clock.now) >= .seconds(4))
        }
    }

    @Test("are tried next when their own pause is over and the breaker lets a call through")
    func earliestAttempt() {
        let now = ServiceHarness.start
        var entry = OutboxEntry(id: "e", userID: "1", event: ByteBuffer(), acceptedAt: now, requestID: "r")
        func breaker(_ state: BreakerStatus.State) -> BreakerStatus {
            var status = BreakerStatus(
                route: .addEvent,
                state: state,
                since: now,
                waitSchedule: [.seconds(10)],
                failureThreshold: 3,
                failureWindow: .seconds(30)
            )
            status.probeAt = state == .open ? now + 10 : nil
            return status
        }
        #expect(entry.earliestAttempt(behind: breaker(.closed)) == nil)
        #expect(entry.earliestAttempt(behind: breaker(.open)) == now + 10)
        entry.nextAttemptAt = now + 20
        #expect(entry.earliestAttempt(behind: breaker(.closed)) == now + 20)
        #expect(entry.earliestAttempt(behind: breaker(.open)) == now + 20)
        entry.state = .refused
        #expect(entry.earliestAttempt(behind: breaker(.open)) == nil)
    }

    @Test("of which a delivery is under way when the service stops are delivered, and no other is begun")
    func stops() async throws {
        let harness = try harness()
        for number in 1...2 { _ = try await keep("\(number)", in: harness) }
        let gate = Gate()
        harness.api.forgetCalls()
        harness.api.setScript { (_, _) throws(UpstreamError) in
            try await gate.pass()
            return AnswerBody.added
        }
        try await delivering(harness) {
            try await harness.api.wait { $0.underWay == 1 }
            harness.service.stopDelivering()
            gate.open()
        }
        #expect(stores.outbox.entries.map(\.state) == [.delivered, .waiting])
    }

    @Test("are not begun to be delivered either if the service stops while it looks what is due")
    func stopsWhileLooking() async throws {
        let harness = try harness()
        _ = try await keep("1", in: harness)
        harness.api.forgetCalls()
        harness.api.setScript(FakeEventsAPI.success())
        stores.outbox.whenForgetting { harness.service.stopDelivering() }
        await harness.service.deliverOutbox()
        #expect(stores.outbox.entries.map(\.state) == [.waiting])
        #expect(harness.api.record.calls.isEmpty)
    }

    @Test("of a delivery that is cut off wait again")
    func cancelled() async throws {
        let harness = try harness()
        _ = try await keep("1", in: harness)
        harness.api.forgetCalls()
        harness.api.setScript(FakeEventsAPI.hanging)
        let delivery = Task { await harness.service.deliverOutbox() }
        try await harness.api.wait { $0.underWay == 1 }
        delivery.cancel()
        await delivery.value
        let entry = try #require(stores.outbox.entries.first)
        #expect(entry.state == .waiting)
        #expect(entry.attempts == 0)
    }

    @Test("that a process left behind are taken over by the one that follows it")
    func takenOver() async throws {
        let harness = try harness()
        let entry = try await keep("1", in: harness)
        let far = harness.service.now.addingTimeInterval(3600)
        _ = try await stores.outbox.lease(1, by: "1", now: harness.service.now, until: far)
        harness.api.setScript(FakeEventsAPI.success())
        try await delivering(harness) {
            try await wait(harness) { $0.map(\.state) == [.delivered] }
        }
        #expect(harness.clock.now.offset < .seconds(60))
        #expect(harness.api.record.calls.last == .addEvent(body: entry.event))
    }
}
