import AsyncHTTPClient
import EventService
import Logging
import NIOCore

extension RemoteService {
    /// Keeps what is known up to date until the task is cancelled; a connection that is lost is made again, for as long as that
    /// takes.
    ///
    /// Must not be called twice.
    public func follow() async {
        var attempts = 0
        while !Task.isCancelled {
            let start = uptime()
            let (failure, wasConnected) = await connect()
            guard !Task.isCancelled else { return }
            // One that ends each connection at once is no better than one that makes none.
            let lasted = wasConnected && uptime() - start > ReconnectSchedule.cap
            attempts = lasted ? 1 : attempts + 1
            let wait = schedule.wait(after: failure, attempts: attempts)
            lose(failure, wait)
            log(failure, wait, attempts: attempts)
            do {
                try await clock.sleep(for: wait)
            } catch {
                return
            }
        }
    }

    private func lose(_ failure: RemoteFailure, _ wait: Duration) {
        let now = uptime()
        change { known in
            known.link = .lost(since: known.heardAt, nextTry: now + wait, reason: failure.description)
        }
    }

    /// Further attempts in vain are worth a line only to somebody who looks closely.
    private func log(_ failure: RemoteFailure, _ wait: Duration, attempts: Int) {
        logger.log(
            level: attempts == 1 ? .warning : .debug,
            "Not connected",
            metadata: [
                "address": "\(requests.address)", "reason": "\(failure)", "attempts": "\(attempts)",
                "nextTryMs": "\(wait.milliseconds)",
            ]
        )
    }

    // MARK: - One connection

    /// Connects and takes what comes for as long as it does.
    /// - Returns: Why it has ended, and whether there was a connection at all.
    private func connect() async -> (RemoteFailure, wasConnected: Bool) {
        let lastEventID = change { known in
            if case .lost(let since, _, let reason) = known.link {
                known.link = .lost(since: since, nextTry: nil, reason: reason)
            }
            known.state.beginConnection()
            return known.state.lastEventID
        }
        let watch = SilenceWatch(requests.limits.beginTimeout, clock: clock, uptime: uptime)
        let failure: RemoteFailure
        do {
            failure = try await withThrowingTaskGroup(of: RemoteFailure.self) { group in
                group.addTask { try await self.take(from: lastEventID, watch) }
                group.addTask {
                    try await watch.wait()
                    return .ended(nil)
                }
                defer { group.cancelAll() }
                return try await group.next() ?? .ended(nil)
            }
        } catch {
            failure = RemoteFailure(error)
        }
        return (failure, read { $0.state.isCurrent })
    }

    /// Takes the events of a stream.
    /// - Returns: Why it has ended.
    private func take(from lastEventID: String?, _ watch: SilenceWatch) async throws -> RemoteFailure {
        let limits = requests.limits
        let response = try await requests.stream(resumingFrom: lastEventID)
        try watch.heard(allowing: limits.silenceTimeout)
        var parser = ServerSentEventParser(limit: limits.maximumEventSize)
        for try await piece in response.body {
            let linesBefore = parser.lines
            let events = try parser.parse(piece)
            // Part of a line is no sign of life: it may never end.
            if parser.lines > linesBefore {
                try watch.heard(allowing: limits.silenceTimeout)
                hear()
            }
            for event in events {
                if let reason = try take(event) { return .ended(reason) }
            }
        }
        return .ended(nil)
    }

    private func hear() {
        let now = uptime()
        read { $0.heardAt = now }
    }

    /// Takes an event.
    /// - Returns: Why it is the last, if it is.
    private func take(_ event: ServerSentEvent) throws -> String? {
        let now = uptime()
        let (result, isNew) = try change { known in
            let wasCurrent = known.state.isCurrent
            let result = try known.state.take(event, at: now)
            if known.state.isCurrent { known.link = .connected }
            return (result, !wasCurrent && known.state.isCurrent)
        }
        if isNew { logger.notice("Connected", metadata: ["address": "\(requests.address)"]) }
        guard case .ended(let reason) = result else { return nil }
        return reason
    }
}
