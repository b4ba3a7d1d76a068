import Testing

@testable import Resilience

/// The limit on a simulated upstream with 20 places and calls of 100 ms.
///
/// That is 200 calls a second, under half as much load again unless said otherwise. The limit should settle at 1.25 × 20 = 25
/// and a little headroom.
@Suite("Concurrency limit: convergence on a simulated upstream", .timeLimit(.minutes(3)))
struct ConvergenceTests {
    private static let seeds: [UInt64] = [1, 2]

    private func upstream(seed: UInt64, capacity: Int = 20, rate: Double = 300) -> SimulatedUpstream {
        SimulatedUpstream(capacity: capacity, service: .milliseconds(100), rate: rate, seed: seed)
    }

    @Test("It settles within 15 % of tolerance × capacity, and nothing of the capacity is lost", arguments: seeds)
    func settles(seed: UInt64) {
        var upstream = upstream(seed: seed)
        upstream.run(seconds: 15)
        let limits = upstream.run(seconds: 40)
        #expect((25 * 0.95...25 * 1.15).contains(limits.mean), "seed \(seed): \(limits)")
        #expect(limits.least >= 24 && limits.most <= 30, "seed \(seed): \(limits)")
        #expect(limits.completed >= 7_800, "seed \(seed): \(limits)")
    }

    @Test("It doesn't drift under a load that lasts: after five minutes it is where it was after a quarter")
    func noDrift() {
        var upstream = upstream(seed: 4)
        upstream.run(seconds: 270)
        let limits = upstream.run(seconds: 30)
        #expect(limits.least >= 24 && limits.most <= 30, "\(limits)")
    }

    @Test("It follows a capacity that halves, and doubles again", arguments: seeds)
    func capacity(seed: UInt64) {
        var upstream = upstream(seed: seed)
        upstream.run(seconds: 30)
        upstream.capacity = 10
        upstream.run(seconds: 45)
        let halved = upstream.run(seconds: 20)
        #expect((12.5 * 0.9...12.5 * 1.2).contains(halved.mean), "seed \(seed): \(halved)")
        upstream.capacity = 20
        upstream.run(seconds: 15)
        let doubled = upstream.run(seconds: 20)
        #expect((25 * 0.95...25 * 1.15).contains(doubled.mean), "seed \(seed): \(doubled)")
    }

    @Test("It keeps its place when calls become twice as slow without being more", arguments: seeds)
    func slower(seed: UInt64) {
        var upstream = upstream(seed: seed)
        upstream.run(seconds: 30)
        upstream.service *= 2
        let during = upstream.run(seconds: 30)
        #expect(during.least >= 10, "seed \(seed): \(during)")
        let after = upstream.run(seconds: 30)
        #expect((25 * 0.95...25 * 1.15).contains(after.mean), "seed \(seed): \(after)")
    }

    @Test(
        "Jitter neither makes it collapse nor run away",
        arguments: [SimulatedUpstream.Jitter.even, .exponential],
        seeds
    )
    func jitter(_ jitter: SimulatedUpstream.Jitter, seed: UInt64) {
        var upstream = upstream(seed: seed)
        upstream.jitter = jitter
        upstream.run(seconds: 20)
        let limits = upstream.run(seconds: 60)
        #expect((20...32).contains(limits.mean), "seed \(seed): \(limits)")
        #expect(limits.least >= 15 && limits.most <= 45, "seed \(seed): \(limits)")
        #expect(limits.completed >= 11_300, "seed \(seed): \(limits)")
    }

    @Test("Without much load it stays where it is, jitter or not", arguments: seeds)
    func idle(seed: UInt64) {
        var upstream = upstream(seed: seed, capacity: 200, rate: 10)
        upstream.jitter = .exponential
        let limits = upstream.run(seconds: 200)
        #expect(limits.least == 20 && limits.most == 20, "seed \(seed): \(limits)")
    }

    @Test("With room for everything it grows no further than twice what is used", arguments: seeds)
    func unused(seed: UInt64) {
        var upstream = upstream(seed: seed, capacity: 1_000, rate: 300)
        let limits = upstream.run(seconds: 30)
        #expect(limits.least >= 20, "seed \(seed): \(limits)")
        #expect(limits.most > 30 && limits.most < 110, "30 calls at once, 50 at most; seed \(seed): \(limits)")
    }

    @Test("An upstream that turns calls away instead of queueing them keeps it near the capacity", arguments: seeds)
    func turnedAway(seed: UInt64) {
        var upstream = upstream(seed: seed)
        upstream.longestQueue = 1
        upstream.run(seconds: 20)
        let limits = upstream.run(seconds: 40)
        #expect((17...23).contains(limits.mean), "seed \(seed): \(limits)")
        #expect(limits.completed >= 7_300, "seed \(seed): \(limits)")
    }
}
