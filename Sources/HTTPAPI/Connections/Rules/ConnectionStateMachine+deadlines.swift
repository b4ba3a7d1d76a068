import Hummingbird
import NIOCore

extension ConnectionStateMachine {
    /// What becomes of a connection whose time is up.
    enum TimeoutAction {
        /// There is time left, or it is another's turn.
        case wait
        /// It is answered by a problem now.
        case refuse(Problem)
        /// Whoever reads the body gets this error, and answers.
        case failBody(HTTPError)
        /// It is given up, and with it what is done for it; `nil` where it had its last answer.
        case close(ConnectionEnd?)
    }

    /// When something has to have happened; `nil` while it isn't the client's turn.
    var deadline: NIODeadline? {
        guard let held else { return deadlineOfInput }
        let taken = held.since + limits.writeProgressTimeout
        return deadlineOfInput.map { min($0, taken) } ?? taken
    }

    private var deadlineOfInput: NIODeadline? {
        if case .lingering(let since) = output { return since + limits.lingerTimeout }
        switch input {
        case .handshaking(let since): return since + limits.handshakeTimeout
        case .idle(let since): return requests.isEmpty ? since + limits.idleTimeout : nil
        case .head(let since): return since + limits.headTimeout
        case .body(let body) where body.awaitsContinue: return nil
        case .body(let body):
            return min(body.progressAt + limits.bodyProgressTimeout, body.since + limits.bodyTimeout)
        case .over: return nil
        }
    }

    /// The client has this much to take that it holds up; told when that begins, and before `timeUp`.
    /// - Parameter bytes: `nil` when it holds nothing up any more.
    mutating func holding(_ bytes: Int?, at now: NIODeadline) {
        guard let bytes else {
            // Of the last answer, what the channel still has room for must be taken, too.
            if output != .flushing { held = nil }
            return
        }
        if let held, bytes >= held.bytes { return }
        held = (bytes, now)
    }

    /// Looks whether a deadline has passed.
    /// - Parameter isReading: Whether something is read from the client now; what isn't read can't be late.
    mutating func timeUp(at now: NIODeadline, isReading: Bool) -> TimeoutAction {
        guard let deadline, deadline <= now else { return .wait }
        if let held, held.since + limits.writeProgressTimeout <= now { return giveUp(.write) }
        switch input {
        case .handshaking: return giveUp(.handshake)
        case .idle: return giveUp(.idle)
        case .over: return .close(nil)
        case .head:
            guard isReading else {
                input = .head(since: now)
                return .wait
            }
            if case .refuse(let problem) = refuse(with: .slowHead) { return .refuse(problem) }
            return .wait
        case .body(var body):
            guard isReading else {
                body.progressAt = now
                body.since = now
                input = .body(body)
                return .wait
            }
            if case .close = bodyFailed() { return .close(.body) }
            return .failBody(HTTPError(.requestTimeout, message: "the body took too long to come"))
        }
    }

    /// Closing takes a while; meanwhile there is nothing more to be late with.
    private mutating func giveUp(_ end: ConnectionEnd) -> TimeoutAction {
        input = .over
        held = nil
        return .close(end)
    }
}
