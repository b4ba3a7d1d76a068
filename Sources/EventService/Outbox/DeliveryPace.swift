/// How fast an outbox may deliver: one at a time after an outage, then more step by step, and less where the events API says
/// that it is too much.
///
/// An events API that has just recovered must not be knocked over by what was kept for it. As long as all goes well, the
/// number of deliveries under way rises by one whenever as many have succeeded and half a second has passed. An answer of 429
/// or 503 sets a rate: four fifths of what was delivered lately, which rises again, near what was too much with care, so
/// that such answers stay rarer than what opens a breaker.
///
/// A value: every time is an argument, measured from any fixed moment.
struct DeliveryPace {
    /// How a delivery ended.
    enum Outcome {
        case success
        /// The events API answered that it is overloaded, and perhaps for how long.
        case overloaded(retryAfter: Duration?)
        case failure
        /// Nothing was sent, or nobody waited for the answer.
        case untried
    }

    /// A delivery that began.
    struct Ticket {
        fileprivate let round: Int
    }

    /// How many may be under way at once, at most.
    let maximum: Int

    /// How many may be under way at once, now.
    private(set) var limit = 1

    /// How many are under way.
    private(set) var underWay = 0

    /// How many may begin in a second; `nil` while nothing has said that it is too much.
    private(set) var rate: DeliveryRate?

    /// Whether what went wrong last is that deliveries were too much, after others had gone well.
    ///
    /// Then they spare the breaker, which would hold everybody back; what is down is for the breaker to find out.
    private(set) var wasTooFast = false

    private var delivered = RecentCount()
    private var successesAtLimit = 0
    private var limitSince: Duration?
    private var overloadedAt: Duration?
    private var successesSinceOverload = 0
    private var pausedUntil = Duration.zero
    /// Counts up whenever deliveries became slower: what began before that says nothing about the new pace.
    private var round = 0

    /// How long an events API that is overloaded is left alone if it doesn't say.
    static let pause = Duration.seconds(1)

    /// How long a limit must have been used before it rises: what is too much should show while it is only a little.
    static let step = Duration.milliseconds(500)

    init(maximum: Int) {
        self.maximum = maximum
    }

    /// How many may begin now.
    func room(at now: Duration) -> Int {
        guard now >= pausedUntil else { return 0 }
        return max(0, min(limit - underWay, rate?.available(at: now) ?? .max))
    }

    /// When there is room again just because time passes; `nil` if that takes an end of one under way.
    func nextRoom(at now: Duration) -> Duration? {
        guard underWay < limit else { return nil }
        return max(pausedUntil, rate?.nextAvailable(at: now) ?? now)
    }

    /// One begins.
    mutating func begin(at now: Duration) -> Ticket {
        underWay += 1
        rate?.take(at: now)
        return Ticket(round: round)
    }

    /// One ends.
    mutating func end(_ ticket: Ticket, as outcome: Outcome, at now: Duration) {
        let wasAtLimit = underWay >= limit
        underWay -= 1
        switch outcome {
        case .untried: break
        case .success: succeeded(wasAtLimit: wasAtLimit, at: now)
        case .overloaded(let retryAfter): overloaded(retryAfter, isNews: ticket.round == round, at: now)
        case .failure: restart()
        }
    }

    /// Begins anew: the events API was down, whatever is known of it is old.
    mutating func restart() {
        setLimit(1, since: nil)
        wasTooFast = false
        round += 1
    }

    private mutating func setLimit(_ limit: Int, since start: Duration?) {
        self.limit = limit
        limitSince = start
        successesAtLimit = 0
    }

    private mutating func succeeded(wasAtLimit: Bool, at now: Duration) {
        delivered.count(at: now)
        successesSinceOverload += 1
        rate?.rise(at: now)
        guard wasAtLimit else { return }
        successesAtLimit += 1
        let start = limitSince ?? now
        limitSince = start
        guard successesAtLimit >= limit, now - start >= Self.step, limit < maximum else { return }
        setLimit(limit + 1, since: now)
    }

    private mutating func overloaded(_ retryAfter: Duration?, isNews: Bool, at now: Duration) {
        if isNews { wasTooFast = successesSinceOverload > 0 }
        pausedUntil = max(pausedUntil, now + max(retryAfter ?? Self.pause, .zero))
        guard isNews else { return }
        if let tooMuch = tooMuch(at: now) { rate = DeliveryRate(tooMuch: tooMuch, at: pausedUntil) }
        overloadedAt = now
        successesSinceOverload = 0
        setLimit(max(1, limit / 2), since: pausedUntil)
        round += 1
    }

    /// The rate that was too much; `nil` where nothing can be learned.
    ///
    /// It is what was delivered a second, from one overload to the next, since what is allowed over a longer time shows only so.
    private func tooMuch(at now: Duration) -> Double? {
        // Nothing went well since the last one: it is down, at whatever rate. Attempts during an outage mustn't wear the rate down.
        guard successesSinceOverload > 0 else { return nil }
        let areFew = successesSinceOverload < Self.fewSuccesses
        // So few say nothing of what is allowed, only that the last estimate was too high.
        if areFew, let rate { return rate.perSecond / 2 }
        let span = overloadedAt.map { min(max(.seconds(1), now - $0), .seconds(10)) } ?? .seconds(1)
        let perSecond = delivered.rate(at: now, over: span)
        // Hardly any lately says only that there was no more to deliver.
        let least = areFew ? 1 : Self.fewSuccesses
        return perSecond * span.inSeconds >= Double(least) ? perSecond : nil
    }

    private static let fewSuccesses = 3
}
