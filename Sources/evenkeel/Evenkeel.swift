import ArgumentParser

/// The command `evenkeel`.
@main
struct Evenkeel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evenkeel",
        abstract: "An event management service that stays upright when the API behind it does not.",
        discussion: """
            Without a command it starts the dashboard, and the HTTP API in the background. Without --upstream it brings its \
            own simulated events API, so that the first run needs nothing else.

            Settings come from flags, the environment, a .env file and --config FILE, in this order. Exit codes: 0 done, \
            64 usage, 69 port taken or events API unusable at start, 70 internal error, 78 configuration.
            """,
        version: Version.current,
        subcommands: [
            DashboardCommand.self, ServeCommand.self, AttachCommand.self, SimulatorCommand.self, SeedCommand.self,
        ],
        defaultSubcommand: DashboardCommand.self
    )
}
