import UpstreamSimulator

extension SimulatorOptions {
    static var scenarioNames: String {
        Scenario.allCases.map(\.rawValue).joined(separator: ", ")
    }

    /// The configuration of the simulator that an instance brings where no events API is configured.
    func configuration(for settings: Settings) throws -> SimulatorConfiguration {
        if let upstream = settings.upstream, scenario != nil || latency != nil || seed != nil {
            throw Failure.usage("--scenario, --latency and --seed are for the simulator, but \(upstream) is to be used")
        }
        return try configuration()
    }

    /// The configuration of a simulator on any free loopback port.
    func configuration() throws -> SimulatorConfiguration {
        var configuration = SimulatorConfiguration()
        if let scenario {
            guard let known = Scenario(rawValue: scenario) else {
                throw Failure.usage("--scenario is \"\(scenario)\": allowed are \(Self.scenarioNames)")
            }
            configuration.scenario = known
        }
        if let latency {
            guard (0...3_600_000).contains(latency) else {
                throw Failure.usage("--latency is \(latency): allowed are 0 to 3600000 milliseconds")
            }
            configuration.latency = .milliseconds(latency)
        }
        if let seed { configuration.seed = seed }
        return configuration
    }
}
