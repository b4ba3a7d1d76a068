import Synchronization

/// What a breaker answers without its lock, so that threads on a busy breaker don't queue for it.
///
/// In most states a call changes nothing but a counter. The lock's owner publishes what such a call gets; everything else, and
/// everything that a subscriber is to hear of, goes to the machine.
struct FastPath: ~Copyable, Sendable {
    /// What a call gets.
    enum Answer: Equatable {
        /// Only the machine knows.
        case askMachine
        /// It passes, as one that this generation admitted and that is no probe.
        case pass(generation: UInt64)
        /// It is rejected until an operator changes that.
        case rejectForGood
        /// It is rejected before this moment; from then on only the machine knows.
        case rejectUntil(MonotonicInstant)
    }

    /// The answer in one word, so that nobody sees half of a change: what it is in the low two bits, its value above.
    private let word = Atomic<UInt64>(0)
    private let countsOnly: Atomic<Bool>
    private let succeeded = Atomic<UInt64>(0)
    private let rejected = Atomic<UInt64>(0)

    /// One that leaves everything to the machine until an answer is published.
    init(onlyCountsSuccesses: Bool = false) {
        countsOnly = Atomic(onlyCountsSuccesses)
    }

    /// The answer as it was published last.
    var answer: Answer {
        let word = word.load(ordering: .acquiring)
        switch word & 3 {
        case 1: return .pass(generation: word >> 2)
        case 2: return .rejectForGood
        case 3: return .rejectUntil(MonotonicInstant(nanoseconds: Int64(word >> 2)))
        default: return .askMachine
        }
    }

    /// Makes an answer the one that holds from now on; to be called with the breaker's lock held.
    func publish(_ answer: Answer) {
        word.store(Self.word(for: answer), ordering: .releasing)
    }

    /// Whether a success that is no probe does nothing but count in the totals.
    var onlyCountsSuccesses: Bool { countsOnly.load(ordering: .relaxed) }

    /// Says whether it does from now on; to be called with the breaker's lock held.
    func countsSuccesses(only: Bool) {
        countsOnly.store(only, ordering: .relaxed)
    }

    /// Counts a call that was rejected without the machine.
    func countRejection() {
        rejected.wrappingAdd(1, ordering: .relaxed)
    }

    /// Counts a success without the machine.
    func countSuccess() {
        succeeded.wrappingAdd(1, ordering: .relaxed)
    }

    /// Moves what was counted here to the other totals; to be called with the breaker's lock held.
    func moveCounts(to totals: inout CircuitBreaker.Totals) {
        totals.succeeded &+= succeeded.exchange(0, ordering: .relaxed)
        totals.rejected &+= rejected.exchange(0, ordering: .relaxed)
    }

    /// A value that needs more than 62 bits, as in 146 years of nanoseconds, is left to the machine.
    private static func word(for answer: Answer) -> UInt64 {
        switch answer {
        case .askMachine: 0
        case .pass(let generation): generation >> 62 == 0 ? generation << 2 | 1 : 0
        case .rejectForGood: 2
        case .rejectUntil(let end): (0..<1 << 62).contains(end.nanoseconds) ? UInt64(end.nanoseconds) << 2 | 3 : 0
        }
    }
}

extension CircuitBreakerMachine {
    /// What a call gets until the next change, as far as that can be said without counting or measuring it.
    var fastAnswer: FastPath.Answer {
        switch state {
        case .closed: slowCallDuration == nil ? .pass(generation: generation) : .askMachine
        case .disabled: .pass(generation: generation)
        case .forcedOpen: .rejectForGood
        case .open(let until, _): .rejectUntil(until)
        case .halfOpen: .askMachine
        }
    }
}

extension CircuitBreakerConfiguration {
    /// Whether a success that is no probe does nothing but count in the totals.
    var onlyCountsSuccesses: Bool {
        !resetOnSuccess && failureRateThreshold == nil && slowCallRateThreshold == nil
    }
}
