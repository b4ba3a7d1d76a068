import TestSupport
import Testing

@testable import EventService

@Suite("Values of which those used longest ago leave")
struct LRUStoreTests {
    /// The same rules, without any thought of speed.
    private struct Model {
        struct Entry: Equatable {
            var key: Int
            var value: Int
            var cost: Int
        }

        let maximumCost: Int
        /// The one used longest ago first.
        var entries: [Entry] = []
        var evictions = 0

        var cost: Int { entries.map(\.cost).reduce(0, +) }

        mutating func use(_ key: Int) -> Int? {
            guard let index = entries.firstIndex(where: { $0.key == key }) else { return nil }
            let entry = entries.remove(at: index)
            entries.append(entry)
            return entry.value
        }

        mutating func insert(_ value: Int, for key: Int, cost: Int) -> [Int] {
            var removed = remove(key).map { [$0] } ?? []
            guard cost <= maximumCost else { return removed }
            while self.cost + cost > maximumCost {
                removed.append(entries.removeFirst().value)
                evictions += 1
            }
            entries.append(Entry(key: key, value: value, cost: cost))
            return removed
        }

        mutating func remove(_ key: Int) -> Int? {
            guard let index = entries.firstIndex(where: { $0.key == key }) else { return nil }
            return entries.remove(at: index).value
        }
    }

    @Test("Whatever is done to it, it does what the rules say, and never costs more than it may", arguments: 0..<20)
    func model(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let maximumCost = Int.random(in: 1...60, using: &random)
        var store = LRUStore<Int, Int>(maximumCost: maximumCost)
        var model = Model(maximumCost: maximumCost)
        for step in 0..<5_000 {
            let key = Int.random(in: 0..<12, using: &random)
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<4: try #require(store.use(key) == model.use(key))
            case 4..<9:
                let cost = Int.random(in: 1...25, using: &random)
                try #require(store.insert(step, for: key, cost: cost) == model.insert(step, for: key, cost: cost))
            default: try #require(store.remove(key) == model.remove(key))
            }
            try #require(store.cost == model.cost)
            try #require(store.cost <= maximumCost)
            try #require(store.count == model.entries.count)
            try #require(store.evictions == model.evictions)
        }
        // Everything that is left leaves in the order of its use.
        let rest = model.entries.map(\.value)
        #expect(store.insert(-1, for: -1, cost: maximumCost).prefix(rest.count).elementsEqual(rest))
    }
}
