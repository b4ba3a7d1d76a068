import Testing

@testable import UpstreamSimulator

@Suite struct EventStoreTests {
    private let picnic = SimulatedEvent(id: "e", name: "Picnic", userID: "1", others: ["seats": 4])

    @Test func `The same event again is known and not added`() throws {
        var store = EventStore()
        #expect(try store.add(picnic) == .added)
        #expect(try store.add(picnic) == .known)
        #expect(store.all == [picnic])
        #expect(store["e"] == picnic)
    }

    @Test func `The same id with other content is refused and changes nothing`() throws {
        var store = EventStore()
        _ = try store.add(picnic)
        let others: [SimulatedEvent] = [
            SimulatedEvent(id: "e", name: "Dinner", userID: "1", others: ["seats": 4]),
            SimulatedEvent(id: "e", name: "Picnic", userID: "2", others: ["seats": 4]),
            SimulatedEvent(id: "e", name: "Picnic", userID: "1", others: ["seats": 5]),
        ]
        for other in others { #expect(throws: StoreError.eventIDTaken("e")) { try store.add(other) } }
        #expect(store.all == [picnic])
    }
}
