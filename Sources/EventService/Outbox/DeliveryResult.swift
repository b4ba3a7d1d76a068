import struct Foundation.Date

/// What an attempt at delivering an entry means for the entry and for the pace of all.
struct DeliveryResult {
    let outcome: OutboxOutcome
    let pace: DeliveryPace.Outcome

    init(outcome: OutboxOutcome, pace: DeliveryPace.Outcome) {
        self.outcome = outcome
        self.pace = pace
    }

    /// - Parameters:
    ///   - error: Why the attempt failed.
    ///   - attempts: How many had failed before.
    ///   - now: When it failed.
    init(_ error: UpstreamError, after attempts: Int, at now: Date) {
        func failed(_ delay: Duration, _ pace: DeliveryPace.Outcome) -> DeliveryResult {
            let next = now.addingTimeInterval(delay.inSeconds)
            return DeliveryResult(outcome: .failed(reason: error.description, nextAttemptAt: next), pace: pace)
        }
        switch error {
        case .rejected, .notFound:
            if let status = error.statusOfRefusedEvent {
                self.init(outcome: .refused(status: status, reason: error.description), pace: .success)
            } else {
                self = failed(Self.ownDelay(after: attempts), .failure)
            }
        case .overloaded(_, let retryAfter):
            // Once, that was too much of all; one that is told so again and again may be the reason itself.
            let own = attempts == 0 ? .zero : Self.perhapsOwnDelay(after: attempts - 1)
            let asked = retryAfter.map { min($0, Self.longestDelay) }
            self = failed(max(own, asked ?? .zero), .overloaded(retryAfter: asked))
        case .refused, .unreachable:
            // Nothing was sent, so nothing is the entry's fault: the breaker says when the events API is tried again.
            self = failed(Self.sharedDelay, .failure)
        case .reset, .truncated, .timedOut:
            self = failed(Self.perhapsOwnDelay(after: attempts), .failure)
        case .unexpectedStatus, .malformed, .tooLarge, .invalidHTTP:
            self = failed(Self.ownDelay(after: attempts), .failure)
        case .outOfDescriptors:
            // Evenkeel's own trouble: the events API wasn't asked, so nothing is learned of its pace.
            self = failed(Self.sharedDelay, .untried)
        case .cancelled, .unaddressable:
            self.init(outcome: .untried, pace: .untried)
        }
    }

    private static let sharedDelay = Duration.seconds(1)

    /// The longest delay, also where the events API asks for more: its word is for what is sent now, not for tomorrow.
    private static let longestDelay = OutboxEntry.longestPause

    /// The delay after a failure that is this entry's own, or may be.
    ///
    /// 10 s, doubled each time, at most 5 min: with the breaker's defaults one entry alone never opens it, so that a bad one
    /// doesn't block the others.
    private static func ownDelay(after attempts: Int) -> Duration {
        min(.seconds(10) * (1 << min(attempts, 6)), longestDelay)
    }

    /// The delay after a failure that says of neither the entry nor the events API that it is to blame.
    ///
    /// As long as its own, but no longer than the breaker waits for its next probe: after an outage that is soon enough.
    private static func perhapsOwnDelay(after attempts: Int) -> Duration {
        min(ownDelay(after: attempts), .seconds(60))
    }
}
