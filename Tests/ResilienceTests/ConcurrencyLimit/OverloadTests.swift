import Testing

@testable import Resilience

@Suite("Concurrency limit: overload")
struct OverloadTests {
    @Test("An overload lowers the limit at once, and once in a window")
    func once() throws {
        var test = try LimitDriver(initial: 50)
        let passes = test.admit(50)
        test.settle([passes[0]], as: .overload)
        #expect(test.machine.estimate == 45)
        test.settle(Array(passes[1..<30]), as: .overload)
        #expect(test.machine.estimate == 45)
        #expect(test.machine.inFlight == 20)
        #expect(test.machine.totals.overloaded == 30)
    }

    @Test("A window with an overload lets nothing grow, and the next one does")
    func noGrowth() throws {
        var test = try LimitDriver(initial: 50)
        test.settle(test.admit(1), as: .overload)
        test.window(calls: 45, latency: 10)
        #expect(test.machine.estimate == 45)
        #expect(test.machine.shortTerm == 10_000_000)
        test.window(calls: 45, latency: 10)
        #expect(test.machine.estimate > 45)
    }

    @Test("With nothing but overloads the limit falls once in a window, though nothing is measured, to the minimum")
    func nothingElse() throws {
        var test = try LimitDriver(minimum: 40, initial: 50)
        for expected in [45, 40.5, 40, 40] {
            let passes = test.admit(40)
            test.settle(Array(passes.dropLast()), as: .overload)
            #expect(test.machine.estimate == expected)
            test.advance(milliseconds: 100)
            test.settle(Array(passes.suffix(1)), as: .ignored)
        }
        #expect(test.machine.shortTerm == nil)
    }

    @Test("The time of an overload isn't measured")
    func notMeasured() throws {
        var test = try LimitDriver()
        let passes = test.admit(16)
        test.settle(Array(passes.prefix(8)), as: .overload)
        test.advance(milliseconds: 100)
        test.settle(Array(passes[8...]))
        #expect(test.machine.shortTerm == nil, "the window had ended with the first of them")
        #expect(test.machine.longTerm == 10_000_000)
    }

    @Test("A call admitted under a higher limit counts against a lower one")
    func above() throws {
        var test = try LimitDriver(initial: 20)
        let passes = test.admit(20)
        test.settle([passes[0]], as: .overload)
        #expect(test.machine.limit == 18 && test.machine.inFlight == 19)
        #expect(test.admit(1).isEmpty)
        test.settle([passes[1]], as: .ignored)
        #expect(test.admit(1).isEmpty)
        test.settle([passes[2]], as: .ignored)
        #expect(test.admit(2).count == 1)
    }
}
