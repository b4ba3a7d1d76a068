import Testing

@testable import UpstreamSimulator

@Suite struct UserStoreTests {
    private func user(_ id: String, username: String? = nil, email: String? = nil) -> SimulatedUser {
        SimulatedUser(id: id, name: "N", username: username ?? "u\(id)", email: email ?? "\(id)@x.example")
    }

    @Test func `Users come back in the order in which they were added`() throws {
        var store = UserStore()
        for id in ["b", "a", "c"] { try store.add(user(id)) }
        #expect(store.all.map(\.id) == ["b", "a", "c"])
        #expect(store["a"]?.username == "ua")
        #expect(store["d"] == nil)
    }

    @Test func `A taken id, e-mail or user name is refused, whatever its case, and nothing is added`() throws {
        var store = UserStore()
        try store.add(user("1", username: "ada", email: "ada@x.example"))
        #expect(throws: StoreError.userIDTaken("1")) { try store.add(user("1")) }
        #expect(throws: StoreError.emailTaken("ADA@x.example")) { try store.add(user("2", email: "ADA@x.example")) }
        #expect(throws: StoreError.usernameTaken("Ada")) { try store.add(user("2", username: "Ada")) }
        #expect(store.all.count == 1)
        try store.add(user("2"))
    }

    @Test func `Events are noted with their user, in order`() throws {
        var store = UserStore()
        try store.add(user("1"))
        try store.append(eventID: "y", to: "1")
        try store.append(eventID: "x", to: "1")
        #expect(store["1"]?.events == ["y", "x"])
        #expect(throws: StoreError.unknownUser(id: "2")) { try store.append(eventID: "z", to: "2") }
    }
}
