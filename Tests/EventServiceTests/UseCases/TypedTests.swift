import EventService
import EventServiceTestSupport
import NIOCore
import Testing

@Suite("Users and events as values", .timeLimit(.minutes(3)))
struct TypedTests {
    @Test("events: what could be read of them, and the identifiers of the rest")
    func typed() async throws {
        let harness = try ServiceHarness(
            FakeEventsAPI { (call, _) throws(UpstreamError) in
                switch call {
                case .event(id: "a"):
                    ByteBuffer(
                        string:
                            #"{"id":"a","name":"A","userId":"1","startsAt":"2026-01-01T00:00:00Z","location":"L","description":"D","x":1}"#
                    )
                case .event(let id) where id == "b": throw .tooLarge(limit: 1)
                case .event(let id): AnswerBody.event(id)
                default: AnswerBody.user("1", events: ["a", "b", "c"])
                }
            }
        )
        let events = try await harness.service.listEvents(ofUser: "1", for: harness.context)
        let full = Event(
            id: "a",
            name: "A",
            userID: "1",
            startsAt: "2026-01-01T00:00:00Z",
            location: "L",
            description: "D"
        )
        #expect(events.value == UserEvents(events: [full, Event(id: "c", name: "Talk", userID: "1")], missing: ["b"]))
    }

    @Test("a draft is added, or kept where that is wanted and it can't be delivered")
    func addsDraft() async throws {
        let harness = try ServiceHarness(
            FakeEventsAPI { (call, _) throws(UpstreamError) in
                if case .addEvent = call { throw .unreachable("refused") }
                return AnswerBody.user("1", events: [])
            },
            stores: FakeStores()
        )
        let draft = EventDraft(id: "d-1", name: "Talk", userID: "1")
        await #expect(throws: ServiceError.self) {
            _ = try await harness.service.add(draft, whenDown: .reject, for: harness.context)
        }
        let addition = try await harness.service.add(draft, whenDown: .queue, for: harness.context)
        guard case .accepted(let entry) = addition else {
            Issue.record("it is \(addition)")
            return
        }
        #expect(entry.id == "d-1")
        #expect(entry.userID == "1")
    }

    @Test("users, where what nobody promised is left out if it is not text")
    func users() async throws {
        let full = ByteBuffer(
            string: #"{"id":"1","name":"Ada","events":["e"],"email":"a@b","username":"ada","x":[1e999,null]}"#
        )
        let odd = ByteBuffer(string: #"{"id":"2","name":"Bob","events":[],"email":7,"username":null}"#)
        let harness = try ServiceHarness(FakeEventsAPI { (_, _) in AnswerBody.array([full, odd]) })
        #expect(
            try await harness.service.listUsers(for: harness.context).value == [
                User(id: "1", name: "Ada", username: "ada", email: "a@b", eventIDs: ["e"]), User(id: "2", name: "Bob"),
            ]
        )
    }
}
