/// The rules of a retry budget as a pure value.
///
/// Every function takes the present time, which must not go backwards.
struct RetryLedger: Sendable, Equatable {
    /// The steps in which the window slides.
    static let steps = 10

    private struct Step: Sendable, Equatable {
        var requests = 0
        var retries = 0
    }

    private let millionths: Int
    private let minimum: Int
    private let stepLength: Int64
    /// The steps of the window, each at its number modulo their count.
    private var ring = Array(repeating: Step(), count: steps)
    /// The number of the step that is under way.
    private var current: Int64 = 0
    /// The sum over `ring`.
    private var sum = Step()
    private var waiting = 0
    private var refused: UInt64 = 0

    /// - Parameters:
    ///   - share: 0 to 1.
    ///   - minimum: 0 or more.
    ///   - window: In nanoseconds, above zero; rounded up to a multiple of the number of steps.
    init(share: Double, minimum: Int, window: Int64) {
        // As an integer, because 0.29 × 100 is less than 29 in floating point.
        self.millionths = Int((share * 1_000_000).rounded())
        self.minimum = minimum
        self.stepLength = (window - 1) / Int64(Self.steps) + 1
    }

    mutating func countRequest(at now: MonotonicInstant) {
        slide(to: now)
        ring[index(of: current)].requests += 1
        sum.requests += 1
    }

    /// Takes a place if there is one.
    mutating func takePlace(at now: MonotonicInstant) -> Bool {
        slide(to: now)
        guard sum.retries + waiting < allowed else {
            refused &+= 1
            return false
        }
        waiting += 1
        return true
    }

    mutating func usePlace(at now: MonotonicInstant) {
        slide(to: now)
        waiting -= 1
        ring[index(of: current)].retries += 1
        sum.retries += 1
    }

    mutating func giveBackPlace() {
        waiting -= 1
    }

    func snapshot(at now: MonotonicInstant) -> RetryBudget.Snapshot {
        var present = self
        present.slide(to: now)
        return RetryBudget.Snapshot(
            requests: present.sum.requests,
            retries: present.sum.retries,
            waiting: waiting,
            allowed: present.allowed,
            refused: refused
        )
    }

    /// The share of the requests, in parts so that no product overflows, or the minimum.
    private var allowed: Int {
        let (millions, rest) = sum.requests.quotientAndRemainder(dividingBy: 1_000_000)
        return max(minimum, millions * millionths + rest * millionths / 1_000_000)
    }

    /// Forgets the steps that the window has left.
    private mutating func slide(to now: MonotonicInstant) {
        let target = now.nanoseconds / stepLength
        guard target > current else { return }
        // After as many steps as there are, all are forgotten.
        for number in (max(current, target - Int64(Self.steps)) + 1)...target {
            let index = index(of: number)
            sum.requests -= ring[index].requests
            sum.retries -= ring[index].retries
            ring[index] = Step()
        }
        current = target
    }

    private func index(of step: Int64) -> Int { Int(step % Int64(Self.steps)) }
}
