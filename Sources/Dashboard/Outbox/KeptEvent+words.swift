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

    /// What has become of it and what comes next, in sentences.
    func story(breaker: BreakerStatus?, isReadOnly: Bool, time: TimeText, now: Date) -> [String] {
        var sentences = state == .refused ? [refusal] : [outlook(breaker: breaker, time: time, now: now), attemptsText]
        if state == .refused, !isReadOnly { sentences.append("r tries it again, d discards it.") }
        return sentences + ["Accepted at \(time.moment(acceptedAt, now: now)) from request \(requestID)"]
    }

    /// The members of the event, those first that nothing else tells.
    var membersToRead: [Member] {
        let told: Set = ["id", "name", "userId"]
        return members.filter { !told.contains($0.name) } + members.filter { told.contains($0.name) }
    }

    private var refusal: String {
        let why = lastError ?? refusedStatus.map { "status \($0)" }
        return "Refused after \(countedAttempts)" + (why.map { ": \($0)" } ?? "")
    }

    private var attemptsText: String {
        if attempts == 0 { return "Not tried yet." }
        return lastError.map { "\(countedAttempts), the last: \($0)" } ?? countedAttempts
    }

    private var countedAttempts: String { attempts == 1 ? "1 attempt" : "\(attempts) attempts" }

    private func outlook(breaker: BreakerStatus?, time: TimeText, now: Date) -> String {
        switch nextTry(behind: breaker, now: now) {
        case .now: "It is being delivered."
        case .soon: "It is tried as soon as addEvent takes calls."
        case .at(let date): "It is tried\(attempts == 0 ? "" : " again") at \(time.moment(date, now: now))."
        case .inLine: "It is tried after those of the same user that were accepted before it."
        case .held: "It is not tried while addEvent is forced open."
        case .never: "The events API has it."
        }
    }
}
