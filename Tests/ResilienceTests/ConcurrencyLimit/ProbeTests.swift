import Testing

@testable import Resilience

@Suite("Concurrency limit: measuring without a queue")
struct ProbeTests {
    /// A machine in a probe, with 20 ms of short-term, 10 ms of long-term latency, and a limit of 16.
    private func probing(minimum: Int = 2) throws -> LimitDriver {
        var test = try LimitDriver(minimum: minimum, maximum: 16, tolerance: 2)
        test.waitForProbe(calls: 16, latency: 20)
        return test
    }

    @Test("It begins at the end of the first window after the interval")
    func begins() throws {
        var test = try LimitDriver(maximum: 16)
        for _ in 0..<99 { test.window(calls: 16, latency: 10) }
        #expect(!test.isProbing)
        test.window(calls: 16, latency: 10)
        #expect(test.isProbing)
        #expect(test.machine.snapshot.limit == 8)
        #expect(test.machine.snapshot.estimatedLimit == 16)
        #expect(test.machine.snapshot.isProbing)
    }

    @Test("Half the limit is in force, but not less than the minimum")
    func half() throws {
        var test = try probing()
        #expect(test.admit(20).count == 8)
        var bounded = try probing(minimum: 12)
        #expect(bounded.admit(20).count == 12)
    }

    @Test("It measures its own calls, the slowest included, and no others")
    func ownCalls() throws {
        var test = try LimitDriver(maximum: 16, tolerance: 2)
        for _ in 0..<99 { test.window(calls: 16, latency: 20) }
        let before = test.admit(16)
        test.advance(milliseconds: 20)
        test.settle(Array(before.prefix(11)))
        test.advance(milliseconds: 80)
        test.settle([before[11]], as: .ignored)
        #expect(test.isProbing && test.machine.inFlight == 4)
        let during = test.admit(8)
        try #require(during.count == 4)
        test.advance(milliseconds: 12)
        test.settle(Array(before[12...]))
        let after = test.admit(8)
        #expect(after.count == 4)
        test.settle(after + during.prefix(3))
        #expect(test.isProbing, "one of the first four is under way")
        test.advance(milliseconds: 8)
        test.settle([during[3]])
        #expect(!test.isProbing)
        #expect(test.machine.longTerm == 12_000_000, "half way from 10 to (3 × 12 + 20) / 4 = 14")
    }

    @Test("Its calls that end otherwise are waited for, and don't count")
    func otherwise() throws {
        var test = try probing()
        let passes = test.admit(4)
        test.advance(milliseconds: 30)
        test.settle(Array(passes.prefix(2)))
        test.settle([passes[2]], as: .ignored)
        #expect(test.isProbing)
        test.settle([passes[3]], as: .overload)
        #expect(!test.isProbing)
        #expect(test.machine.longTerm == 30_000_000)
        #expect(test.machine.estimate == 16 * 0.9)
    }

    @Test(
        "What it measures is averaged with what was known within the tolerance, and replaces it beyond",
        arguments: [(20, 15.0), (21, 21), (5, 7.5), (4, 4)]
    )
    func tolerance(measured: Int, longTerm: Double) throws {
        var test = try probing()
        let passes = test.admit(4)
        test.advance(milliseconds: measured)
        test.settle(passes)
        #expect(test.machine.longTerm == longTerm * 1_000_000)
    }

    @Test("With fewer than half of its calls measured, nothing is learned")
    func tooFew() throws {
        var test = try probing()
        let passes = test.admit(4)
        test.advance(milliseconds: 30)
        test.settle(Array(passes.prefix(1)))
        test.settle(Array(passes.suffix(3)), as: .ignored)
        #expect(!test.isProbing)
        #expect(test.machine.longTerm == 10_000_000)
    }

    @Test("Calls that hang hold up the others for two windows and twenty latencies: a call that asks then gets in")
    func hanging() throws {
        var test = try probing()
        #expect(test.admit(16).count == 8)
        test.now.nanoseconds += 599_999_999
        #expect(test.admit(1).isEmpty && test.isProbing)
        test.now.nanoseconds += 1
        #expect(test.admit(1).count == 1)
        #expect(!test.isProbing)
        #expect(test.machine.limit == 16)
        #expect(test.machine.longTerm == 10_000_000)
    }

    @Test("A call of an earlier probe is none of the next one's")
    func earlier() throws {
        var test = try probing()
        let hanging = test.admit(4)
        test.advance(milliseconds: 600)
        test.settle([hanging[0]], as: .ignored)
        #expect(!test.isProbing)
        test.waitForProbe(calls: 13, latency: 20)
        let passes = test.admit(4)
        test.advance(milliseconds: 10)
        test.settle(Array(hanging.suffix(3)))
        #expect(test.isProbing)
        test.settle(passes)
        #expect(!test.isProbing)
        #expect(test.machine.longTerm == 10_000_000)
    }

    @Test("The next one comes an interval after the end of this one")
    func again() throws {
        var test = try probing()
        let passes = test.admit(4)
        test.advance(milliseconds: 10)
        test.settle(passes)
        let end = test.now
        test.waitForProbe(calls: 16, latency: 20)
        #expect(test.now.nanoseconds(since: end) == 10_000_000_000)
    }

    @Test("A limit that has halved is in doubt: the latency is measured at once")
    func inDoubt() throws {
        var test = try LimitDriver(initial: 32, smoothing: 1)
        test.window(calls: 32, latency: 20)
        #expect(!test.isProbing && test.machine.estimate == 20)
        test.window(calls: 20, latency: 20)
        #expect(test.isProbing && test.machine.estimate == 12.5)
        let passes = test.admit(4)
        test.advance(milliseconds: 20)
        test.settle(passes)
        #expect(test.machine.longTerm == 20_000_000)
        test.window(calls: 12, latency: 20)
        #expect(test.machine.estimate > 12.5)
    }

    @Test("Exactly half the limit is in doubt already")
    func exactlyHalf() throws {
        var test = try LimitDriver(initial: 32, smoothing: 1)
        test.window(calls: 32, latency: 40)
        #expect(test.machine.estimate == 16)
        #expect(test.isProbing && test.machine.limit == 8)
    }

    @Test("Windows without much load measure for nothing, and put it off")
    func putOff() throws {
        var test = try LimitDriver()
        for _ in 0..<90 { test.window(calls: 16, latency: 10) }
        test.window(calls: 5, latency: 10)
        for _ in 0..<99 { test.window(calls: 100, latency: 10) }
        #expect(!test.isProbing)
        test.window(calls: 100, latency: 10)
        #expect(test.isProbing)
    }
}
