import Testing

@testable import Resilience

@Suite("Concurrency limit: windows and gradient")
struct GradientTests {
    @Test("The first calls measure the long-term latency, and the limit rests meanwhile")
    func first() throws {
        var test = try LimitDriver(latency: nil)
        #expect(test.isProbing && test.machine.limit == 16)
        let passes = test.admit(20)
        #expect(passes.count == 16)
        test.advance(milliseconds: 10)
        test.settle(Array(passes.prefix(3)))
        #expect(test.isProbing)
        test.advance(milliseconds: 20)
        test.settle(Array(passes[3...]))
        #expect(!test.isProbing)
        #expect(test.machine.longTerm == 15_000_000)
        #expect(test.machine.limit == 16)
    }

    @Test("A first measurement without enough calls ends with the probe interval")
    func firstAbandoned() throws {
        var test = try LimitDriver(latency: nil)
        let passes = test.admit(2)
        test.advance(milliseconds: 9_999)
        test.settle([passes[0]])
        #expect(test.isProbing)
        test.advance(milliseconds: 1)
        test.settle([passes[1]], as: .ignored)
        #expect(!test.isProbing)
        #expect(test.machine.longTerm == nil)
        test.window(calls: 16, latency: 20)
        #expect(test.machine.longTerm == 20_000_000, "then the first window's counts")
    }

    @Test("A window ends exactly at its length, not a nanosecond before")
    func length() throws {
        var test = try LimitDriver()
        let passes = test.admit(16)
        test.advance(milliseconds: 10)
        test.settle(Array(passes.prefix(10)))
        test.now.nanoseconds += 89_999_999
        test.settle([passes[10]], as: .ignored)
        #expect(test.machine.shortTerm == nil && test.machine.limit == 16)
        test.now.nanoseconds += 1
        test.settle([passes[11]], as: .ignored)
        #expect(test.machine.shortTerm == 10_000_000)
        #expect(test.machine.estimate == 18)
    }

    @Test("A window waits for enough samples, and ignored calls are none")
    func samples() throws {
        var test = try LimitDriver()
        let passes = test.admit(16)
        test.advance(milliseconds: 500)
        test.settle(Array(passes.prefix(3)))
        test.settle(Array(passes[3..<12]), as: .ignored)
        #expect(test.machine.shortTerm == nil)
        test.settle([passes[12]])
        #expect(test.machine.shortTerm == 500_000_000)
        #expect(test.machine.inFlight == 3)
    }

    @Test("After a slow window the next one lasts twice its latency")
    func slowWindow() throws {
        var test = try LimitDriver()
        test.window(calls: 16, latency: 80)
        #expect(test.machine.shortTerm == 80_000_000)
        test.window(calls: 8, latency: 40, length: 159)
        #expect(test.machine.shortTerm == 80_000_000)
        test.window(calls: 8, latency: 0, length: 1)
        #expect(test.machine.shortTerm == 20_000_000)
    }

    @Test("Without a queue the limit grows by the smoothed square root of itself, up to the maximum")
    func grows() throws {
        var test = try LimitDriver(maximum: 19)
        test.window(calls: 16, latency: 10)
        #expect(test.machine.estimate == 18)
        test.window(calls: 18, latency: 10)
        #expect(test.machine.estimate == 19)
        #expect(test.admit(100).count == 19)
    }

    @Test("A latency up to the tolerance is no queue; a longer one shrinks the limit by the gradient, at most by half")
    func shrinks() throws {
        var exactly = try LimitDriver(tolerance: 2)
        exactly.window(calls: 16, latency: 20)
        #expect(exactly.machine.estimate == 18)
        var beyond = try LimitDriver(tolerance: 2)
        beyond.window(calls: 16, latency: 25)
        #expect(beyond.machine.estimate == 16 - 16 * 0.2 * 0.5)
        var far = try LimitDriver(tolerance: 2)
        far.window(calls: 16, latency: 90)
        #expect(far.machine.estimate == 12)
    }

    @Test("The limit never falls below the minimum")
    func minimum() throws {
        var test = try LimitDriver(minimum: 7)
        for _ in 0..<3 { test.window(calls: 16, latency: 45) }
        #expect(test.machine.estimate == 7)
        #expect(test.machine.limit == 7)
    }

    @Test("With fewer calls at once than half the limit it stays, whatever they take; with half of it, it moves")
    func unused() throws {
        var idle = try LimitDriver()
        for latency in [10, 50, 90, 1] { idle.window(calls: 7, latency: latency, length: 200) }
        #expect(idle.machine.estimate == 16)
        var half = try LimitDriver()
        half.window(calls: 8, latency: 10)
        #expect(half.machine.estimate == 18)
    }

    @Test("Calls that began before a window count as its load")
    func carriedOver() throws {
        var test = try LimitDriver()
        let passes = test.admit(14)
        test.advance(milliseconds: 100)
        test.settle(Array(passes.prefix(4)))
        #expect(test.machine.window.mostInFlight == 10, "the new window begins with those still under way")
    }

    @Test("A window without much load pulls the long-term latency by a tenth, up and down; one with load only down")
    func longTerm() throws {
        var test = try LimitDriver()
        test.window(calls: 7, latency: 20)
        #expect(test.machine.longTerm == 11_000_000)
        test.window(calls: 7, latency: 1)
        #expect(test.machine.longTerm == 10_000_000)
        test.window(calls: 16, latency: 20)
        #expect(test.machine.longTerm == 10_000_000)
        test.window(calls: 16, latency: 5)
        #expect(test.machine.longTerm == 9_500_000)
    }

    @Test("Calls that take no time at all do no harm")
    func noLatency() throws {
        var test = try LimitDriver(latency: 0)
        test.window(calls: 16, latency: 0)
        #expect(test.machine.estimate == 18)
        test.window(calls: 16, latency: 10)
        #expect(test.machine.estimate == 18 - 18 * 0.5 * 0.5)
    }
}
