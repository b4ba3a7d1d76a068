import Testing

@testable import UpstreamSimulator

@Suite struct SimulatorStoreTests {
    private func storeWithUser() throws -> SimulatorStore {
        var store = SimulatorStore()
        try store.add(SimulatedUser(id: "1", name: "Ada", username: "ada", email: "ada@x.example"))
        return store
    }

    @Test func `An event of an unknown user is refused and not kept`() throws {
        var store = try storeWithUser()
        let event = SimulatedEvent(id: "e", name: "Picnic", userID: "9")
        #expect(throws: StoreError.unknownUser(id: "9")) { try store.add(event) }
        #expect(store.events.all.isEmpty)
    }

    @Test func `An event added twice is noted once with its user`() throws {
        var store = try storeWithUser()
        let event = SimulatedEvent(id: "e", name: "Picnic", userID: "1")
        #expect(try store.add(event) == .added)
        #expect(try store.add(event) == .known)
        #expect(store.users["1"]?.events == ["e"])
    }

    @Test func `Bulk users have as many events as asked for, under ids of their own`() throws {
        var store = SeedData.makeStore()
        let first = try store.addBulk(users: 2, eventsEach: 1000)
        let second = try store.addBulk(users: 1, eventsEach: 0)
        #expect(Set(first + second).count == 3)
        #expect(first.map { store.users[$0]?.events.count } == [1000, 1000])
        #expect(store.users[second[0]]?.events == [])
        #expect(store.users[first[0]]?.events.allSatisfy { store.events[$0]?.userID == first[0] } == true)
    }
}
