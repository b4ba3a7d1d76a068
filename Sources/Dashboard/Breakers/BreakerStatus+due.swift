import EventService
import Foundation

extension BreakerStatus {
    /// The status as a new one would read at a later moment: an open breaker whose wait is over is half-open.
    func due(at now: Date) -> BreakerStatus {
        guard state == .open, let probeAt, probeAt <= now else { return self }
        var status = self
        (status.state, status.since) = (.halfOpen, probeAt)
        status.failures = []
        return status
    }
}
