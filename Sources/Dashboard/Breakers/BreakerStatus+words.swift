import EventService
import Foundation

extension BreakerStatus {
    /// The time left until the next call is let through as a probe; zero when it is due, `nil` unless open.
    func timeLeft(at now: Date) -> Duration? {
        guard state == .open, let probeAt else { return nil }
        return max(.zero, probeAt.time(since: now))
    }

    /// The failures that still count.
    func failuresInWindow(at now: Date) -> Int {
        let start = now + (.zero - failureWindow)
        return failures.count { $0 > start }
    }

    /// The wait after this one fails, `nil` without a schedule.
    var nextWait: Duration? {
        waitSchedule.isEmpty ? nil : waitSchedule[min(max(0, openings), waitSchedule.count - 1)]
    }

    /// The number of the current wait within the schedule, counted from 1; `nil` unless waiting.
    var waitStep: Int? {
        guard openings > 0, !waitSchedule.isEmpty else { return nil }
        return min(openings, waitSchedule.count)
    }

    /// What will happen next, in one sentence.
    func outlook(at now: Date, time: TimeText) -> String {
        switch state {
        case .closed: closedOutlook(at: now)
        case .open: openOutlook(at: now, time: time)
        case .halfOpen where probesUnderWay > 0:
            "A probe is under way: success closes the breaker" + ifItFails("; if it fails, wait ") + "."
        case .halfOpen: "The next call is the probe" + ifItFails("; if it fails, wait ") + "."
        case .forcedOpen: "Every call is refused until the breaker is set back to automatic."
        case .disabled: "Every call passes, and failures are not counted."
        }
    }

    private func closedOutlook(at now: Date) -> String {
        let missing = max(1, failureThreshold - failuresInWindow(at: now))
        let window = DurationText.length(failureWindow)
        if missing == failureThreshold {
            return missing == 1
                ? "Calls pass; a single failure opens the breaker."
                : "Calls pass; \(missing) failures within \(window) open the breaker."
        }
        return "Calls pass; \(missing) more \(missing == 1 ? "failure opens" : "failures open") the breaker."
    }

    private func openOutlook(at now: Date, time: TimeText) -> String {
        guard let probeAt, let left = timeLeft(at: now), left > .zero else {
            return "The next call is the probe" + ifItFails("; if it fails, wait ") + "."
        }
        return "The next call after \(time.moment(probeAt, now: now)) is the probe" + ifItFails("; if it fails, wait ")
            + "."
    }

    private func ifItFails(_ words: String) -> String {
        nextWait.map { words + DurationText.list([$0], separator: "") } ?? ""
    }
}
