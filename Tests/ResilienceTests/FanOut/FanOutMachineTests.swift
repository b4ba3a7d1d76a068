import TestSupport
import Testing

@testable import Resilience

@Suite("Fan-out as a sequence: the machine")
struct FanOutMachineTests {
    struct Failure: Error {}

    @Test("Random schedules agree with a naive account", arguments: UInt64(1)...20)
    func model(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let limit = Int.random(in: 1...5, using: &random)
        let order = FanOutOrder.allCases[Int(seed % 2)]
        var machine = FanOutMachine<Int>(limit: limit, order: order)
        var (started, taken, waits) = (0, 0, false)
        var underWay: [Int] = []
        var waiting: [Int] = []
        /// The next result, by the rules.
        func next() -> Int? {
            switch order {
            case .completion: waiting.first
            case .elements: waiting.contains(taken) ? taken : nil
            }
        }
        for step in 0..<5_000 {
            let place: Comment = "seed \(seed), step \(step)"
            switch Int.random(in: 0..<3, using: &random) {
            case 0:
                let number = machine.start()
                #expect(number == (started - taken < limit ? started : nil), place)
                guard let number else { continue }
                if random.next() % 8 == 0 {
                    machine.takeBackStart()
                } else {
                    underWay.append(number)
                    started += 1
                }
            case 1:
                guard let index = underWay.indices.randomElement(using: &random) else { continue }
                let number = underWay.remove(at: index)
                waiting.append(number)
                let wakes = machine.finish(number, with: number)
                #expect(wakes == (waits && next() != nil), place)
                if wakes { waits = false }
            default:
                switch machine.take() {
                case .output(let number):
                    #expect(number == next(), place)
                    waiting.removeAll { $0 == number }
                    taken += 1
                case .wait:
                    #expect(next() == nil && started > taken, place)
                    waits = true
                case .nothingLeft: #expect(started == taken, place)
                case .failure: Issue.record("a failure from nowhere")
                }
            }
            #expect(machine.waitsForNext == waits, place)
        }
        #expect(taken > 100, "seed \(seed)")
    }

    @Test("After a failure nothing begins, nothing is kept, and only the first one counts")
    func failure() {
        var machine = FanOutMachine<Int>(limit: 3, order: .completion)
        for number in 0..<3 { #expect(machine.start() == number) }
        #expect(machine.finish(1, with: 10) == false)
        let first = machine.fail(with: Failure())
        #expect(!first.wakes)
        #expect(first.dropped == [0: 10])
        #expect(machine.fail(with: CancellationError()).dropped.isEmpty)
        #expect(machine.finish(0, with: 0) == false)
        #expect(machine.start() == nil)
        switch machine.take() {
        case .failure(let error): #expect(error is Failure)
        case .output, .wait, .nothingLeft: Issue.record("no failure")
        }
    }

    @Test("A failure wakes a consumer that waits, once")
    func failureWakes() {
        var machine = FanOutMachine<Int>(limit: 3, order: .elements)
        for number in 0..<3 { #expect(machine.start() == number) }
        _ = machine.take()
        #expect(machine.waitsForNext)
        #expect(machine.finish(2, with: 2) == false)
        #expect(machine.fail(with: Failure()).wakes)
        #expect(machine.fail(with: Failure()).wakes == false)
    }
}
