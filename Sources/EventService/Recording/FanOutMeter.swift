import Synchronization

/// What the fan-outs of all requests have read.
public struct FanOutStatistics: Sendable, Equatable {
    /// Elements whose reading ended, in whatever way, since the service was made.
    public var elements: UInt64
    /// Elements being read now, or waiting between two attempts.
    public var elementsUnderWay: UInt64
}

/// Counts the elements that fan-outs read.
final class FanOutMeter: Sendable {
    private let begun = Atomic<UInt64>(0)
    private let ended = Atomic<UInt64>(0)

    /// What was counted so far.
    var statistics: FanOutStatistics {
        // The ends are read first, and each is published after its beginning: so there are never more of them than of those.
        let ended = ended.load(ordering: .acquiring)
        return FanOutStatistics(elements: ended, elementsUnderWay: begun.load(ordering: .relaxed) - ended)
    }

    /// Counts an element whose reading begins; it is to be ended once.
    func began() {
        begun.add(1, ordering: .relaxed)
    }

    func finished() {
        ended.add(1, ordering: .releasing)
    }
}
