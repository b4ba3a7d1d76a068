import EventService

extension Freshness {
    /// The value of `Cache-Status` (RFC 9211): by which way the answer came, with whole seconds rounded down.
    ///
    /// | | |
    /// |---|---|
    /// | `evenkeel; fwd=miss` | the events API was asked; `stale`: what was kept is too old; `request`: the client wanted that; `bypass`: the cache is off |
    /// | `…; collapsed` | it was being asked for another request already |
    /// | `evenkeel; hit; ttl=0` | kept, and fresh for this long |
    /// | `evenkeel; fwd=stale; ttl=-5; detail=busy` | kept, and fresh until so long ago, but asking the events API failed |
    /// | `evenkeel; hit; ttl=-5; detail=circuit-open` | the same, and nobody was asked because the breaker is open |
    var cacheStatus: String {
        switch source {
        case .fetched(let miss): "evenkeel; fwd=\(miss.reason)"
        case .joined(let miss): "evenkeel; fwd=\(miss.reason); collapsed"
        case .cached: "evenkeel; hit; ttl=\(remaining.secondsRoundedDown)"
        case .stale(let error):
            "evenkeel; \(error.kind == .circuitOpen ? "hit" : "fwd=stale"); ttl=\(remaining.secondsRoundedDown); "
                + "detail=\(Problem(error).name)"
        }
    }

    /// The value of `Age`; `nil` for what was made for this request, of which the field would say the opposite (RFC 9111,
    /// section 5.1).
    var ageHeader: String? {
        switch source {
        case .fetched: nil
        case .joined, .cached, .stale: String(age.secondsRoundedDown)
        }
    }
}

extension Freshness.Miss {
    /// As the parameter `fwd` has it (RFC 9211, section 2.2).
    fileprivate var reason: String {
        switch self {
        case .absent: "miss"
        case .expired: "stale"
        case .reload: "request"
        case .off: "bypass"
        }
    }
}

extension Duration {
    fileprivate var secondsRoundedDown: Int64 {
        let (seconds, attoseconds) = components
        return attoseconds < 0 ? seconds - 1 : seconds
    }
}
