import Dashboard
import EventService
import Logging
import NcursesTerminal
import UpstreamSimulator

/// The dashboard on the terminal, wherever its service is.
struct DashboardScreen: Sendable {
    private let terminal: TerminalCheck
    private let options: TerminalOptions
    private let isMouseOn: Bool
    private let isReadOnly: Bool
    private let isBellAskedFor: Bool
    private let isThemeAskedFor: Bool
    private let isAttached: Bool

    /// Checks the terminal and the flags.
    /// - Parameter isAttached: Whether the service is elsewhere.
    /// - Throws: `Failure` where the dashboard can't be shown.
    init(_ options: ScreenOptions, isAttached: Bool = false) throws {
        do {
            terminal = try TerminalCheck()
        } catch {
            throw Self.unusable(error, isAttached: isAttached)
        }
        self.isAttached = isAttached
        self.options = try options.terminalOptions()
        isMouseOn = !options.noMouse
        isReadOnly = options.readOnly
        isBellAskedFor = options.bell
        isThemeAskedFor = options.theme != nil
    }

    /// Shows a service until somebody leaves, and says then what became of the events that were being added.
    /// - Parameters:
    ///   - source: The service.
    ///   - simulator: Its events API, where that is built in.
    ///   - settings: What the dashboard shows and allows, but for what the flags and the terminal say.
    ///   - ringsBell: Whether the bell rings, where no flag says so; `nil` leaves that to what was remembered.
    ///   - log: What `L` shows.
    func show(
        _ source: any DashboardSource,
        simulator: UpstreamSimulator? = nil,
        settings: DashboardSettings,
        ringsBell: Bool? = nil,
        log: ScreenLog
    ) async throws {
        let layouts = LayoutStore(logger: log.logger)
        defer { layouts.flush() }
        let remembered = layouts.load()
        let options = choosingTheme(remembered, log)
        let session = TerminalSession<Dashboard.Message>(terminal, options: options)
        // Known before the first picture is drawn, so that it is the right one.
        let known = source.known()
        post(known, after: nil, to: session)
        let following = Task { try await follow(source, after: known, session) }
        defer { following.cancel() }
        let effects = EffectRunner(source: source, simulator: simulator, log: log.ring) { session.post($0) }
        var settings = completed(settings, options)
        settings.ringsBell = isBellAskedFor || ringsBell ?? remembered.bell ?? false
        let program = DashboardProgram(
            settings: settings,
            isMouseOn: isMouseOn && remembered.mouse ?? true,
            theme: options.theme.name,
            remembered: remembered,
            effects: effects,
            layouts: layouts,
            now: { source.now }
        )
        try await run(program, session)
        for line in await effects.finish() { Console.say(line) }
    }

    private func run(
        _ program: sending DashboardProgram,
        _ session: TerminalSession<Dashboard.Message>
    ) async throws {
        do {
            _ = try await session.run(program)
        } catch let error as TerminalError {
            throw unusable(error)
        }
    }

    /// Tells the session what is known of the service whenever it changed, until the task is cancelled.
    private func follow(
        _ source: any DashboardSource,
        after known: KnownService,
        _ session: TerminalSession<Dashboard.Message>
    ) async throws {
        var before = known
        try await source.changes().forEachPicture {
            let known = source.known()
            post(known, after: before, to: session)
            before = known
        }
    }

    /// Tells the session what is known, but for a connection that is as it was.
    private func post(
        _ known: KnownService,
        after before: KnownService?,
        to session: TerminalSession<Dashboard.Message>
    ) {
        if let snapshot = known.snapshot {
            session.post(.snapshot(snapshot)) { if case .snapshot = $0 { true } else { false } }
        }
        if let connection = known.connection, connection != before?.connection {
            session.post(.connection(connection)) { if case .connection = $0 { true } else { false } }
        }
    }

    private func completed(_ settings: DashboardSettings, _ options: TerminalOptions) -> DashboardSettings {
        var settings = settings
        settings.isASCII = options.isASCIIOnly || !terminal.isUnicode
        settings.isReadOnly = isReadOnly
        settings.themes = options.themes.map(\.name)
        return settings
    }

    /// The options with all themes there are, and without a flag with the one that was chosen the last time.
    private func choosingTheme(_ remembered: RememberedLayout, _ log: ScreenLog) -> TerminalOptions {
        let (themes, problems) = ThemeFolder().all()
        for problem in problems { log.logger.warning("A theme can't be used", metadata: ["reason": "\(problem)"]) }
        var options = options
        let chosen = themes.first { $0.name == remembered.theme }
        if !isThemeAskedFor, let chosen { options.theme = chosen }
        // The one that was asked for may come from elsewhere, or have the name of another.
        options.themes = [options.theme] + themes.filter { $0.name != options.theme.name }
        return options
    }

    private func unusable(_ error: TerminalError) -> Failure {
        Self.unusable(error, isAttached: isAttached)
    }

    private static func unusable(_ error: TerminalError, isAttached: Bool) -> Failure {
        let instead = isAttached ? "`evenkeel attach URL --plain` writes lines" : "`evenkeel serve` runs"
        return .usage("the dashboard can't be shown: \(error). \(instead) without a terminal.")
    }
}
