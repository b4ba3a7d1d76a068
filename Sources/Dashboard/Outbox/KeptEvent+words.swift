import EventService
import Foundation

extension KeptEvent {
    /// When the next attempt may be made.
    enum NextTry: Equatable {
        /// It is under way.
        case now
        /// As soon as there is a turn.
        case soon
        /// Not before this.
        case at(Date)
        /// After another event of the same user.
        case inLine
        /// Not while the breaker is forced open.
        case held
        /// Not unless somebody decides so.
        case never
    }

    /// - Parameters:
    ///   - breaker: The breaker that every attempt has to pass.
    ///   - now: The time.
    func nextTry(behind breaker: BreakerStatus?, now: Date) -> NextTry {
        switch state {
        case .delivering: return .now
        case .refused, .delivered: return .never
        case .waiting: break
        }
        if isBehindAnother { return .inLine }
        if breaker?.state == .forcedOpen { return .held }
        let probeAt = breaker?.state == .open ? breaker?.probeAt : nil
        let times = [nextAttemptAt, probeAt].compactMap { $0 }.filter { $0 > now }
        return times.max().map { .at($0) } ?? .soon
    }

    /// Everything about it in sentences.
    func story(userName: String?, breaker: BreakerStatus?, time: TimeText, now: Date) -> [String] {
        let user = userName.map { "\($0) (\(userID))" } ?? "user \(userID)"
        return [
            "“\(name)” of \(user)", outlook(breaker: breaker, time: time, now: now), attemptsText,
            "Accepted at \(time.moment(acceptedAt, now: now)) from request \(requestID); id \(id)",
        ]
    }

    private var attemptsText: String {
        let count = attempts == 1 ? "1 attempt" : "\(attempts) attempts"
        if attempts == 0 { return "Not tried yet." }
        return lastError.map { "\(count), the last: \($0)" } ?? count
    }

    private func outlook(breaker: BreakerStatus?, time: TimeText, now: Date) -> String {
        switch nextTry(behind: breaker, now: now) {
        case .now: "It is being delivered."
        case .soon: "It is tried as soon as addEvent takes calls."
        case .at(let date): "It is tried again at \(time.moment(date, now: now))."
        case .inLine: "It is tried after those of the same user that were accepted before it."
        case .held: "It is not tried while addEvent is forced open."
        case .never: "Refused\(refusedStatus.map { " with status \($0)" } ?? ""): r tries it again, d discards it."
        }
    }
}
