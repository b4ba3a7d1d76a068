import Resilience
import TestSupport
import Testing

@Suite("Random source")
struct RandomSourceTests {
    @Test("Fractions are at least 0 and below 1, whatever the generator gives")
    func range() {
        struct Constant: RandomNumberGenerator, Sendable {
            let value: UInt64
            func next() -> UInt64 { value }
        }
        #expect(RandomSource(Constant(value: 0)).fraction() == 0)
        #expect(RandomSource(Constant(value: .max)).fraction() < 1)
        #expect(RandomSource(Constant(value: .max)).fraction() > 0.999_999)
        for _ in 0..<1_000 { #expect((0..<1).contains(RandomSource.system.fraction())) }
    }

    @Test("The same seed gives the same fractions")
    func seeded() {
        let first = RandomSource(SplitMix64(seed: 5))
        let second = RandomSource(SplitMix64(seed: 5))
        #expect((0..<10).map { _ in first.fraction() } == (0..<10).map { _ in second.fraction() })
    }

    @Test("A constant source stays inside the range")
    func constant() {
        #expect(RandomSource.constant(0.25).fraction() == 0.25)
        #expect(RandomSource.constant(-1).fraction() == 0)
        #expect(RandomSource.constant(1).fraction() < 1)
    }
}
