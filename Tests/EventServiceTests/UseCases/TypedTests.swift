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
