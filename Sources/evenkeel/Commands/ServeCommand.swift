import ArgumentParser
import ServiceLifecycle
import UnixSignals

/// `evenkeel serve`: the HTTP API alone.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the HTTP API without a dashboard, with a structured log on stderr.",
        discussion:
            """
            Stops on SIGINT and SIGTERM: accepts nothing new, finishes what is under way within 10 s, exits with 0. Settings in \
            files are read again when a file changes, and on SIGHUP; the log says which hold at once.
            """
    )

    @OptionGroup var options: SharedOptions
    @OptionGroup(title: "Simulator options") var simulator: SimulatorOptions

    func run() async throws {
        defer { LogOutput.standardError.flush() }
        try await reportingFailures {
            let settings = try await options.settings()
            let threshold = LogThreshold(settings.logLevel)
            try await Instance.run(
                settings: settings,
                simulator: simulator.configuration(for: settings),
                logger: settings.headlessLogger(following: threshold),
                log: .standardError,
                reload: .init(loader: options.loader, threshold: threshold, signals: [.sighup])
            ) {
                instance in
                try await instance.serve(stoppingOn: [.sigint, .sigterm]) { url in
                    Console.say("Evenkeel listens on \(url), events API: \(instance.upstreamDescription)")
                    if let control = await instance.simulatorControlURL {
                        Console.say("The simulator is controlled on \(control)/_scenario")
                    }
                }
            }
        }
    }
}
