import Foundation
import TestSupport

@testable import Resilience

/// Something that works on a few calls at a time and lets the others queue, behind a concurrency limit.
///
/// Events in the order of a simulated time, all randomness from a seed.
struct SimulatedUpstream {
    enum Jitter {
        case none
        /// From half to one and a half of the service time, evenly.
        case even
        /// Exponentially distributed: as uneven as a call can be that is of one kind.
        case exponential
    }

    private struct Call {
        let pass: ConcurrencyLimitMachine.Pass
        var end: Int64 = 0
    }

    /// Calls that are worked on at a time.
    var capacity: Int
    /// The average time that a call takes when it isn't waiting, in nanoseconds.
    var service: Double
    var jitter = Jitter.none
    /// Calls a second that come, at random instants.
    var rate: Double
    /// Calls that wait; further ones are turned away as an overload.
    var longestQueue = Int.max

    private(set) var machine: ConcurrencyLimitMachine
    private(set) var now = MonotonicInstant(nanoseconds: 0)
    private(set) var completed = 0
    private var random: SplitMix64
    private var nextArrival = MonotonicInstant(nanoseconds: 0)
    private var working: [Call] = []
    private var queue: [Call] = []
    private var head = 0

    init(
        capacity: Int,
        service: Duration = .milliseconds(20),
        rate: Double,
        seed: UInt64,
        _ configuration: ConcurrencyLimitConfiguration = ConcurrencyLimitConfiguration()
    ) {
        self.capacity = capacity
        self.service = Double(service.saturatedNanoseconds)
        self.rate = rate
        self.machine = ConcurrencyLimitMachine(configuration: configuration)
        self.random = SplitMix64(seed: seed)
    }

    /// The average of the limit over a time, and its extremes.
    struct Limits {
        var mean = 0.0
        var least = Double.infinity
        var most = 0.0
        var completed = 0
    }

    /// Lets time pass, and tells what the limit was meanwhile, probes left out.
    @discardableResult
    mutating func run(seconds: Double) -> Limits {
        let end = now.advanced(by: Int64(seconds * 1e9))
        var limits = Limits()
        let before = completed
        var count = 0.0
        while let instant = nextEvent, instant <= end {
            now = instant
            if nextArrival <= now { arrive() }
            finish()
            limits.mean += machine.estimate
            count += 1
            limits.least = min(limits.least, machine.estimate)
            limits.most = max(limits.most, machine.estimate)
        }
        now = end
        nextArrival = max(nextArrival, end)
        limits.mean /= max(count, 1)
        limits.completed = completed - before
        return limits
    }

    private var nextEvent: MonotonicInstant? {
        let end = nextEnd.map { MonotonicInstant(nanoseconds: working[$0].end) }
        guard rate > 0 else { return end }
        return min(end ?? nextArrival, nextArrival)
    }

    /// The call that ends first; a plain loop, since this is where the tests spend their time.
    private var nextEnd: Int? {
        guard !working.isEmpty else { return nil }
        var (first, index) = (0, 1)
        while index < working.count {
            if working[index].end < working[first].end { first = index }
            index += 1
        }
        return first
    }

    private mutating func arrive() {
        nextArrival = now.advanced(by: Int64(exponential() * 1e9 / rate))
        guard let pass = machine.admit(at: now) else { return }
        guard queue.count - head < longestQueue else { return machine.settle(pass, as: .overload, at: now) }
        queue.append(Call(pass: pass))
        startNext()
    }

    private mutating func finish() {
        while let index = nextEnd, working[index].end <= now.nanoseconds {
            completed += 1
            working.swapAt(index, working.count - 1)
            machine.settle(working.removeLast().pass, as: .success, at: now)
            startNext()
        }
    }

    private mutating func startNext() {
        while working.count < capacity, head < queue.count {
            var call = queue[head]
            head += 1
            let factor =
                switch jitter {
                case .none: 1.0
                case .even: 0.5 + fraction()
                case .exponential: exponential()
                }
            call.end = now.nanoseconds + max(1, Int64(service * factor))
            working.append(call)
        }
        guard head > 1_000 else { return }
        queue.removeFirst(head)
        head = 0
    }

    private mutating func fraction() -> Double { Double(random.next() >> 11) * 0x1p-53 }

    private mutating func exponential() -> Double { -log(1 - fraction()) }
}
