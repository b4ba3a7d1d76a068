import ArgumentParser
import Configuration

/// The flags that the everyday commands share.
struct SharedOptions: ParsableArguments {
    @Option(help: "The address that the HTTP API listens on (HOST; 127.0.0.1).")
    var host: String?

    @Option(help: "The port that the HTTP API listens on, 0 for any free one (PORT; 3000).")
    var port: Int?

    @Option(help: "The events API's address, http or https (EVENT_API_BASE_URL; the built-in simulator).")
    var upstream: String?

    @Option(help: ArgumentHelp("A JSON or YAML file with settings.", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("The folder for accepted events and the history (DATA_DIR).", valueName: "folder"))
    var dataDir: String?

    @Flag(help: "Keep accepted events and the history in memory only: they are gone when this process ends.")
    var ephemeral = false

    @Option(help: "How much is logged: trace, debug, info, notice, warning, error or critical (LOG_LEVEL; info).")
    var logLevel: String?

    func validate() throws {
        if ephemeral, dataDir != nil {
            throw ValidationError("--ephemeral keeps nothing in files: leave it or --data-dir out.")
        }
    }

    /// The flags that were given, as settings.
    private var values: [[String]: ConfigValue] {
        var values: [[String]: ConfigValue] = [:]
        if let host { values[["host"]] = ConfigValue(.string(host), isSecret: false) }
        if let port { values[["port"]] = ConfigValue(.int(port), isSecret: false) }
        if let upstream { values[["eventApi", "baseUrl"]] = ConfigValue(.string(upstream), isSecret: false) }
        if let dataDir { values[["data", "dir"]] = ConfigValue(.string(dataDir), isSecret: false) }
        if ephemeral { values[["data", "ephemeral"]] = ConfigValue(.bool(true), isSecret: false) }
        if let logLevel { values[["log", "level"]] = ConfigValue(.string(logLevel), isSecret: false) }
        return values
    }

    /// Reads the settings, with these flags as the strongest.
    var loader: SettingsLoader { SettingsLoader(flags: values, file: config) }

    /// Reads the settings from all their sources.
    ///
    /// Prints what is wrong and exits with 78 where a setting can't be used.
    func settings() async throws -> Settings {
        do {
            return try await loader.load()
        } catch {
            throw Failure.configuration("\(error)")
        }
    }
}

/// The flags of the simulator, wherever one is started.
struct SimulatorOptions: ParsableArguments {
    @Option(help: "How the simulator behaves at first: \(SimulatorOptions.scenarioNames).")
    var scenario: String?

    @Option(help: ArgumentHelp("How long the simulator's getEventById takes (500).", valueName: "ms"))
    var latency: Int?

    @Option(help: ArgumentHelp("What the simulator's random choices derive from (1).", valueName: "n"))
    var seed: UInt64?
}
