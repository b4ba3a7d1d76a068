/// What an ``UpstreamSimulator`` is started with.
///
/// ``UpstreamSimulator/run()`` checks the ranges.
public struct SimulatorConfiguration: Sendable, Equatable {
    /// The address or host name to listen on.
    public var host: String
    /// The port to listen on, 0 to 65535; 0 takes any free one.
    public var port: Int
    /// The port on 127.0.0.1 that serves the control routes also during an outage, 0 to 65535; `nil` for none.
    public var controlPort: Int?
    /// The scenario to start in.
    public var scenario: Scenario
    /// How long `getEventById` takes, zero or more.
    public var latency: Duration
    /// What the random choices of ``Scenario/flaky`` derive from; the same seed makes the same choices.
    public var seed: UInt64
    /// The share of requests that ``Scenario/flaky`` fails, 0 to 1.
    public var flakyShare: Double
    /// How many bytes ``GarbageKind/oversized`` sends at least, 1 or more.
    public var oversizedBytes: Int
    /// How long a graceful shutdown waits for requests under way before it cuts them, zero or more.
    public var drainLimit: Duration

    /// Creates a configuration; each default is the value that `evenkeel simulator` uses.
    public init(
        host: String = "127.0.0.1",
        port: Int = 0,
        controlPort: Int? = nil,
        scenario: Scenario = .overload,
        latency: Duration = .milliseconds(500),
        seed: UInt64 = 1,
        flakyShare: Double = 0.3,
        oversizedBytes: Int = 128 << 20,
        drainLimit: Duration = .seconds(1)
    ) {
        self.host = host
        self.port = port
        self.controlPort = controlPort
        self.scenario = scenario
        self.latency = latency
        self.seed = seed
        self.flakyShare = flakyShare
        self.oversizedBytes = oversizedBytes
        self.drainLimit = drainLimit
    }

    /// Throws ``SimulatorError/invalidSetting(name:value:allowed:)`` for the first setting that is out of range.
    func validate() throws(SimulatorError) {
        try Self.check("port", port, in: 0...65_535)
        if let controlPort { try Self.check("controlPort", controlPort, in: 0...65_535) }
        try Self.check("flakyShare", flakyShare, in: 0...1)
        try Self.check("oversizedBytes", oversizedBytes, in: 1...Int.max)
        try Self.check("latency", latency, in: .zero ... .seconds(3600))
        try Self.check("drainLimit", drainLimit, in: .zero ... .seconds(3600))
    }

    private static func check<Value>(
        _ name: String,
        _ value: Value,
        in allowed: ClosedRange<Value>
    ) throws(SimulatorError) {
        guard allowed.contains(value) else {
            throw .invalidSetting(
                name: name,
                value: "\(value)",
                allowed: "\(allowed.lowerBound) to \(allowed.upperBound)"
            )
        }
    }
}
