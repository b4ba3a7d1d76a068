import ArgumentParser
import Dashboard
import EventService
import Foundation
import Logging
import NcursesTerminal
import UpstreamSimulator

/// `evenkeel dashboard`: the dashboard, with the HTTP API in the background.
struct DashboardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dashboard",
        abstract: "Show the dashboard and serve the HTTP API in the background (the default command).",
        discussion: "? in the dashboard shows its keys, q leaves it. The log goes to \(logFile.path)."
    )

    @OptionGroup var options: SharedOptions
    @OptionGroup(title: "Simulator options") var simulator: SimulatorOptions

    @Flag(help: "Draw only ASCII characters.")
    var ascii = false

    @Flag(help: "Leave the mouse to the terminal until m is pressed.")
    var noMouse = false

    @Flag(help: "Ring the bell when a breaker opens or an error budget burns fast.")
    var bell = false

    @Flag(help: "Write a line for every change, and draw nothing: for screen readers and logs.")
    var plain = false

    @Flag(help: "Refuse everything that changes something.")
    var readOnly = false

    @Option(
        help: ArgumentHelp(
            "The colours: \(Self.themeNames), one of yours in ~/.config/evenkeel/themes, or a file.",
            valueName: "name|file"
        )
    )
    var theme: String?

    func run() async throws {
        try await reportingFailures {
            if plain { return try await runPlain() }
            let terminal = try Self.checkedTerminal()
            let options = try terminalOptions()
            let settings = try await self.options.settings()
            let log = Self.logOutput()
            defer { log?.flush() }
            let threshold = LogThreshold(settings.logLevel)
            let ring = LogRing()
            let logger = Settings.logger(writingTo: log, keepingIn: ring, following: threshold)
            let layouts = LayoutStore(logger: logger)
            let remembered = layouts.load()
            let stage = Stage(
                terminal: terminal,
                options: choosingTheme(options, remembered, logger),
                log: ring,
                layouts: layouts,
                remembered: remembered
            )
            defer { layouts.flush() }
            try await Instance.run(
                settings: settings,
                simulator: simulator.configuration(for: settings),
                logger: logger,
                log: log,
                reload: .init(loader: self.options.loader, threshold: threshold)
            ) {
                instance in
                try await instance.whileServing { _, _ in
                    try await show(instance, on: stage)
                }
            }
        }
    }

    private func runPlain() async throws {
        let settings = try await options.settings()
        let log = Self.logOutput()
        defer { log?.flush() }
        let threshold = LogThreshold(settings.logLevel)
        try await Instance.run(
            settings: settings,
            simulator: simulator.configuration(for: settings),
            logger: Settings.logger(writingTo: log, keepingIn: LogRing(), following: threshold),
            log: log,
            reload: .init(loader: options.loader, threshold: threshold)
        ) { instance in
            try await PlainDashboard(instance, isASCII: ascii).run()
            let status = instance.service.snapshot().outbox?.status
            if let line = status?.farewell(isEphemeral: settings.isEphemeral) { Console.complain(line) }
        }
    }

    /// What the dashboard is shown with.
    private struct Stage: Sendable {
        let terminal: TerminalCheck
        let options: TerminalOptions
        let log: LogRing
        let layouts: LayoutStore
        let remembered: RememberedLayout
    }

    private func show(_ instance: Instance, on stage: Stage) async throws {
        let options = stage.options
        let session = TerminalSession<Dashboard.Message>(stage.terminal, options: options)
        let service = instance.service
        let feed = KnowledgeFeed(service) { known in
            guard let snapshot = known.snapshot else { return }
            session.post(.snapshot(snapshot)) { if case .snapshot = $0 { true } else { false } }
        }
        let effects = EffectRunner(
            source: service,
            simulator: instance.simulator,
            feed: feed,
            log: stage.log
        ) { session.post($0) }
        // Known before the first picture is drawn, so that it is the right one.
        session.post(.snapshot(service.snapshot()))
        feed.start()
        defer { feed.stop() }
        do {
            let settings = dashboardSettings(
                instance,
                options,
                isASCII: options.isASCIIOnly || !stage.terminal.isUnicode,
                ringsBell: bell || instance.settings.ringsBell ?? stage.remembered.bell ?? false
            )
            let program = DashboardProgram(
                settings: settings,
                isMouseOn: !noMouse && stage.remembered.mouse ?? true,
                theme: options.theme.name,
                remembered: stage.remembered,
                effects: effects,
                layouts: stage.layouts,
                now: { service.now }
            )
            _ = try await session.run(program)
        } catch let error as TerminalError {
            throw Self.unusable(error)
        }
        for line in await effects.finish() { Console.say(line) }
        let status = service.snapshot().outbox?.status
        if let line = status?.farewell(isEphemeral: instance.settings.isEphemeral) { Console.say(line) }
    }

    private func dashboardSettings(
        _ instance: Instance,
        _ options: TerminalOptions,
        isASCII: Bool,
        ringsBell: Bool
    ) -> DashboardSettings {
        DashboardSettings(
            version: Version.current,
            refreshInterval: instance.settings.refreshInterval,
            isASCII: isASCII,
            isReadOnly: readOnly,
            ringsBell: ringsBell,
            scenarios: instance.simulator.map { _ in
                Scenario.allCases.map { .init(name: $0.rawValue, summary: $0.summary) }
            },
            themes: options.themes.map(\.name),
            isEphemeral: instance.settings.isEphemeral,
            draftIDs: DraftIDSource { _, _ in instance.service.newEventID() }
        )
    }

    /// The options with all themes there are, and without a flag with the one that was chosen the last time.
    private func choosingTheme(
        _ options: TerminalOptions,
        _ remembered: RememberedLayout,
        _ logger: Logger
    ) -> TerminalOptions {
        let (themes, problems) = ThemeFolder().all()
        for problem in problems { logger.warning("A theme can't be used", metadata: ["reason": "\(problem)"]) }
        var options = options
        if theme == nil, let chosen = themes.first(where: { $0.name == remembered.theme }) { options.theme = chosen }
        // The one that was asked for may come from elsewhere, or have the name of another.
        options.themes = [options.theme] + themes.filter { $0.name != options.theme.name }
        return options
    }

    private func terminalOptions() throws -> TerminalOptions {
        var options = TerminalOptions(isASCIIOnly: ascii)
        if let theme { options.theme = try ThemeFolder().theme(theme) }
        return options
    }

    private static var themeNames: String {
        Theme.builtIn.map(\.name).joined(separator: ", ")
    }

    private static func checkedTerminal() throws -> TerminalCheck {
        do {
            return try TerminalCheck()
        } catch {
            throw unusable(error)
        }
    }

    private static func unusable(_ error: TerminalError) -> Failure {
        .usage("the dashboard can't be shown: \(error). `evenkeel serve` runs without a terminal.")
    }

    private static var logFile: URL {
        UserFolder.state.url().appendingPathComponent("evenkeel.log")
    }

    /// Where the log goes, because the screen belongs to the dashboard; `nil` where it can't be written.
    private static func logOutput() -> LogOutput? {
        do {
            return LogOutput(try LogSink(file: logFile))
        } catch {
            Console.complain("evenkeel: there will be no log: \(logFile.path) can't be written")
            return nil
        }
    }
}
