import ArgumentParser
import Logging
import ServiceLifecycle
import UnixSignals
import UpstreamSimulator

/// `evenkeel simulator`: the events API simulator alone.
struct SimulatorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulator",
        abstract: "Run the events API simulator alone, for development.",
        discussion: """
            Scenarios:
            \(Scenario.allCases.map { "  \($0.rawValue): \($0.summary)" }.joined(separator: "\n"))

            Switch while it runs, also during an outage, through the control port:
              curl -X PUT localhost:4001/_scenario -d '{"scenario":"steady"}'
            GET /_counters tells how many requests arrived on each route.
            """
    )

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The port to listen on, 0 for any free one.")
    var port = 4000

    @Option(help: "The loopback port that serves /_scenario and /_counters in every scenario, 0 for any free one.")
    var controlPort = 4001

    @Option(help: "How much is logged: trace, debug, info, notice, warning, error or critical.")
    var logLevel = "info"

    @OptionGroup var options: SimulatorOptions

    func run() async throws {
        try await reportingFailures {
            var configuration = try options.configuration()
            configuration.host = host
            configuration.port = port
            configuration.controlPort = controlPort
            var logger = Logger(label: "evenkeel.simulator") { StreamLogHandler.standardError(label: $0) }
            logger.logLevel = try Logger.Level(flag: logLevel)
            let simulator = UpstreamSimulator(configuration: configuration, logger: logger)
            try await run(simulator, logger: logger)
        }
    }

    private func run(_ simulator: UpstreamSimulator, logger: Logger) async throws {
        let group = ServiceGroup(
            services: [simulator],
            gracefulShutdownSignals: [.sigint, .sigterm],
            logger: logger
        )
        try await withThrowingTaskGroup { tasks in
            tasks.addTask {
                try await group.run()
            }
            tasks.addTask {
                let (host, port) = try await simulator.waitUntilListening()
                let control = try await simulator.waitUntilControlListening()
                Console.say(
                    "The events API simulator listens on http://\(host):\(port), scenario \(simulator.scenario.rawValue)"
                )
                Console.say("and is controlled on http://\(control.host):\(control.port)/_scenario")
            }
            try await tasks.waitForAll()
        }
    }
}
