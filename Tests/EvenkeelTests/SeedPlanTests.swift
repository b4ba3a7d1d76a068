import Testing

@testable import evenkeel

@Suite("The seed plan")
struct SeedPlanTests {
    private let plan = SeedPlan(count: 1000, seed: 1, userIDs: ["a", "b", "c"])

    @Test("The same numbers make the same events, other ones make others")
    func repeatable() {
        let again = SeedPlan(count: 1000, seed: 1, userIDs: ["a", "b", "c"])
        let other = SeedPlan(count: 1000, seed: 2, userIDs: ["a", "b", "c"])
        for index in 0..<plan.count {
            #expect(plan.item(at: index) == again.item(at: index))
            #expect(plan.item(at: index).id != other.item(at: index).id)
        }
    }

    @Test("A larger count only adds events")
    func prefix() {
        let larger = SeedPlan(count: 5000, seed: 1, userIDs: ["a", "b", "c"])
        for index in 0..<plan.count { #expect(plan.item(at: index) == larger.item(at: index)) }
    }

    @Test("Every event has an id of its own, a UUID of version 8, and the users take turns")
    func identifiers() throws {
        let items = (0..<plan.count).map(plan.item)
        #expect(Set(items.map(\.id)).count == plan.count)
        let form = /[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/
        for item in items { #expect(item.id.wholeMatch(of: form) != nil, "\(item.id)") }
        #expect(items.prefix(4).map(\.userId) == ["a", "b", "c", "a"])
    }
}
