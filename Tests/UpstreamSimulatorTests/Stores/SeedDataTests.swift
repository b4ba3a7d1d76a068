import Foundation
import Testing

@testable import UpstreamSimulator

@Suite struct SeedDataTests {
    private let store = SeedData.makeStore()

    @Test func `A dozen users have no, few and fifty events`() {
        #expect(store.users.all.map(\.id) == (1...12).map(String.init))
        let counts = store.users.all.map(\.events.count)
        #expect(counts[0] == 12)
        #expect(counts.count { $0 == 50 } == 1)
        #expect(counts.count { $0 == 0 } >= 2)
        #expect(counts.count { (1...8).contains($0) } >= 5)
    }

    @Test func `It is the same every time`() {
        let again = SeedData.makeStore()
        #expect(again.users.all == store.users.all)
        #expect(again.events.all == store.events.all)
        #expect(store.events.all.first?.id == "e220a839-7b1d-4daf-ae78-9e6aa1b965f4")
    }

    @Test func `Every event has a version 4 UUID of its own, and all that the dashboard shows`() throws {
        let events = store.events.all
        #expect(Set(events.map(\.id)).count == events.count)
        for event in events {
            #expect(UUID(uuidString: event.id)?.uuidString.lowercased() == event.id)
            #expect(Array(event.id)[14] == "4" && "89ab".contains(Array(event.id)[19]))
            let startsAt = try #require(event.others["startsAt"]?.string)
            let date = try Date(startsAt, strategy: .iso8601)
            #expect((2027...2028).contains(Calendar(identifier: .gregorian).component(.year, from: date)))
            #expect(event.others["location"]?.string?.isEmpty == false)
            #expect(event.others["description"]?.string?.isEmpty == false)
        }
    }

    @Test func `Every event belongs to the user that lists it`() {
        for user in store.users.all {
            #expect(user.events.allSatisfy { store.events[$0]?.userID == user.id })
        }
        #expect(store.users.all.map(\.events.count).reduce(0, +) == store.events.all.count)
    }
}
