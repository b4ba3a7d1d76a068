import Synchronization

/// Where a policy takes its randomness from: fractions that are uniform from 0 up to, but without, 1.
///
/// The default is the system's generator. Tests pass a seeded generator or a constant.
public struct RandomSource: Sendable {
    private let draw: @Sendable () -> Double

    /// Draws from a generator that this source then owns and guards with a lock.
    public init(_ generator: some RandomNumberGenerator & Sendable) {
        let shared = SharedGenerator(generator)
        self.draw = { shared.next() }
    }

    private init(draw: @escaping @Sendable () -> Double) {
        self.draw = draw
    }

    /// The system's random number generator.
    public static let system = RandomSource(draw: {
        var generator = SystemRandomNumberGenerator()
        return generator.fraction()
    })

    /// Always the same fraction.
    ///
    /// - Parameter fraction: at least 0; 1 and more count as the largest number below 1.
    public static func constant(_ fraction: Double) -> RandomSource {
        let bounded = min(max(fraction, 0), 1.0.nextDown)
        return RandomSource(draw: { bounded })
    }

    /// The next fraction, at least 0 and less than 1.
    public func fraction() -> Double {
        draw()
    }
}

private final class SharedGenerator<Generator: RandomNumberGenerator & Sendable>: Sendable {
    private let generator: Mutex<Generator>

    init(_ generator: Generator) {
        self.generator = Mutex(generator)
    }

    func next() -> Double {
        generator.withLock { $0.fraction() }
    }
}

extension RandomNumberGenerator {
    /// Uniform in 0..<1, with all 53 bits that a `Double` has.
    fileprivate mutating func fraction() -> Double {
        Double(next() >> 11) * 0x1p-53
    }
}
