import EventService
import Foundation

extension [BreakerStatus] {
    /// Turns open breakers whose wait is over by now into half-open ones, as new statuses would read.
    mutating func becomeDue(at now: Date) {
        for index in indices where self[index].isDue(at: now) { self[index].becomeDue() }
    }
}

extension BreakerStatus {
    fileprivate func isDue(at now: Date) -> Bool {
        state == .open && probeAt.map { $0 <= now } ?? false
    }

    fileprivate mutating func becomeDue() {
        state = .halfOpen
        since = probeAt ?? since
        failures = []
    }
}
