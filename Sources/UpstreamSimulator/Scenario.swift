/// How the simulated events API behaves.
///
/// `getEventById` takes ``SimulatorConfiguration/latency`` in every scenario. The routes that begin with an underscore
/// are never affected, except that nothing can be reached over the simulator's port during an ``outage``.
public enum Scenario: String, CaseIterable, Codable, Sendable {
    /// Answers every request.
    case steady
    /// Answers 503 with `Retry-After` to `addEvent` while more than 5 of them arrived within 10 s.
    ///
    /// Every `addEvent` that arrives counts, refused or not. One is refused if, itself included, more than 5 arrived
    /// less than 10 s ago. `Retry-After` is the whole number of seconds after which one is accepted if none arrives
    /// until then.
    case overload
    /// Lets 5 `addEvent` succeed, answers 503 to the next 10, and so on; every one that arrives counts.
    case original
    /// Fails a seeded share of all requests: 500, 503, or a connection reset before or in the middle of the answer.
    ///
    /// A request whose answer is cut in the middle has been carried out.
    case flaky
    /// Refuses connections: the listening socket is closed, as are all connections.
    case outage
    /// Accepts connections, reads requests and never answers.
    case hang
    /// Takes ten times the latency on `getEventById`, and once the latency on all other routes.
    case slow
    /// Answers something that no events API promises, without carrying the request out: see ``GarbageKind``.
    case garbage

    /// What the scenario does in one line, for a menu.
    public var summary: String {
        switch self {
        case .steady: "answers; getEventById takes its latency"
        case .overload: "addEvent gets 503 above 5 in 10 s"
        case .original: "addEvent succeeds 5 times, fails 10 times, and so on"
        case .flaky: "a share of all requests fails"
        case .outage: "refuses connections"
        case .hang: "accepts requests and never answers"
        case .slow: "ten times the latency"
        case .garbage: "broken, truncated, oversized or wrongly typed JSON"
        }
    }
}
