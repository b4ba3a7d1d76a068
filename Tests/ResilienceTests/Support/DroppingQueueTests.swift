import TestSupport
import Testing

@testable import Resilience

@Suite("Dropping queue")
struct DroppingQueueTests {
    /// Elements, each with the number of those lost before it, as far as there are any.
    private func take(_ count: Int, from queue: inout DroppingQueue<Int>) -> [[Int]] {
        (0..<count).compactMap { _ in queue.popFirst().map { [$0.element, Int($0.dropped)] } }
    }

    @Test("An empty queue has nothing to take")
    func empty() {
        var queue = DroppingQueue<Int>(limit: 1)
        var taken = take(1, from: &queue)
        #expect(taken == [])
        queue.append(1)
        taken = take(2, from: &queue)
        #expect(taken == [[1, 0]])
    }

    @Test("Up to the limit nothing is lost; one more costs the oldest")
    func full() {
        var queue = DroppingQueue<Int>(limit: 3)
        for number in 1...3 { queue.append(number) }
        var taken = take(1, from: &queue)
        #expect(taken == [[1, 0]])
        for number in 4...5 { queue.append(number) }
        #expect(queue.count == 3)
        taken = take(3, from: &queue)
        #expect(taken == [[3, 1], [4, 0], [5, 0]])
    }

    @Test("Each loss is told once, before the element that follows it")
    func losses() {
        var queue = DroppingQueue<Int>(limit: 2)
        for number in 1...9 { queue.append(number) }
        var taken = take(2, from: &queue)
        #expect(taken == [[8, 7], [9, 0]])
        for number in 10...12 { queue.append(number) }
        taken = take(2, from: &queue)
        #expect(taken == [[11, 1], [12, 0]])
    }

    @Test("Agrees with an array under random use", arguments: UInt64(1)...20)
    func model(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let limit = Int.random(in: 1...8, using: &random)
        var queue = DroppingQueue<Int>(limit: limit)
        var model: [Int] = []
        var dropped: UInt64 = 0
        for number in 0..<2_000 {
            if Int.random(in: 0..<5, using: &random) < 3 {
                queue.append(number)
                model.append(number)
                if model.count > limit {
                    model.removeFirst()
                    dropped += 1
                }
            } else {
                let taken = queue.popFirst()
                let expected = model.isEmpty ? nil : model.removeFirst()
                guard taken?.element == expected, expected == nil || taken?.dropped == dropped else {
                    Issue.record("seed \(seed), step \(number): \(String(describing: taken))")
                    return
                }
                if expected != nil { dropped = 0 }
            }
            #expect(queue.count == model.count, "seed \(seed), step \(number)")
        }
    }
}
