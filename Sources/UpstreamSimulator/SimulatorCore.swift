import Synchronization

/// What all connections share: the data, the scenario and the counts.
final class SimulatorCore: Sendable {
    let store = Mutex(SeedData.makeStore())
    let machine: Mutex<ScenarioMachine>
    let ledger = Mutex(RequestLedger())
    let time: SimulatorTime
    let oversizedBytes: Int

    init(configuration: SimulatorConfiguration, time: SimulatorTime) {
        let settings = ScenarioMachine.Settings(
            latency: configuration.latency,
            seed: configuration.seed,
            flakyShare: configuration.flakyShare
        )
        machine = Mutex(ScenarioMachine(scenario: configuration.scenario, settings: settings))
        oversizedBytes = configuration.oversizedBytes
        self.time = time
    }
}
