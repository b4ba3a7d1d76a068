import EventService
import HTTPAPI
import Logging
import ServiceLifecycle
import Synchronization
import UnixSignals

/// Takes changed settings over while an instance runs, and says of each whether it holds now.
///
/// All or nothing: where one setting can't be used, everything stays as it was, and the log says why.
final class SettingsReload: Service {
    /// What the settings are for.
    struct Target: Sendable {
        let service: EventService
        let accessControl: AccessControl
        let threshold: LogThreshold
        let logger: Logger
    }

    private let loader: SettingsLoader
    private let signals: [UnixSignal]
    private let target: Target
    private let clock: any Clock<Duration>
    /// What only a start reads holds as it stands here.
    private let running: Settings
    private let state: Mutex<State>

    private struct State {
        /// What was read last, and holds as far as it can.
        var current: Settings
        /// Whether what was read since then can't be used.
        var isWrong = false
    }

    /// - Parameters:
    ///   - settings: Those that the instance was started with.
    ///   - loader: Where they came from.
    ///   - signals: When to read them again, even if no file has changed.
    init(
        _ settings: Settings,
        loader: SettingsLoader,
        signals: [UnixSignal] = [],
        target: Target,
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.loader = loader
        self.signals = signals
        self.target = target
        self.clock = clock
        self.running = settings
        self.state = Mutex(State(current: settings))
    }

    func run() async throws {
        let (triggers, trigger) = AsyncStream.makeStream(of: Bool.self, bufferingPolicy: .bufferingNewest(1))
        let watch = FileWatch({ [self] in files }, since: running.files, clock: clock)
        await cancelWhenGracefulShutdown { [self] in
            await withDiscardingTaskGroup { group in
                group.addTask { [signals] in
                    guard !signals.isEmpty else { return }
                    for await _ in await UnixSignalsSequence(trapping: signals) { trigger.yield(true) }
                }
                group.addTask { try? await watch.run { _ in trigger.yield(false) } }
                for await isAsked in triggers { await reload(isAsked: isAsked) }
            }
        }
    }

    /// The files that the settings come from now.
    private var files: [String] {
        loader.files + (state.withLock { $0.current.tokensFile.map { [$0.path] } } ?? [])
    }

    /// Reads the settings again.
    /// - Parameter isAsked: Whether somebody wants to know that it was done, even if nothing has changed.
    func reload(isAsked: Bool = false) async {
        let (old, wasWrong) = state.withLock { ($0.current, $0.isWrong) }
        do {
            var new = try await loader.load()
            // A file that went missing must not open the doors.
            let losesTokens = old.tokensFile != nil && new.tokensFile == nil
            if losesTokens {
                new.tokensFile = old.tokensFile
                new.values[SettingsChange.tokensFile] = old.values[SettingsChange.tokensFile]
            }
            let hasChanged = try takeOver(new, after: old)
            if !hasChanged, isAsked || wasWrong { target.logger.notice("Settings read again: all as before") }
            new.warn(target.logger)
            if losesTokens { target.logger.warning("Tokens stay in force until a restart: API_TOKENS_FILE is gone") }
            state.withLock { $0 = State(current: new) }
        } catch {
            state.withLock { $0.isWrong = true }
            target.logger.error("Settings not taken over", metadata: ["reason": "\(error)"])
        }
    }

    /// - Returns: Whether there was anything to take over.
    private func takeOver(_ new: Settings, after old: Settings) throws -> Bool {
        try target.service.reconfigure(new.service)
        target.accessControl.replace(tokens: new.tokensFile?.tokens)
        target.accessControl.replace(rateLimit: new.rateLimit)
        // Whatever the new level is, one who changed something is told.
        target.threshold.level = min(new.logLevel, old.logLevel, .notice)
        defer { target.threshold.level = new.logLevel }
        let changes = SettingsChange.between(old, and: new, running: running)
        for change in changes { log(change) }
        guard let tokens = new.tokensFile?.tokens, tokens != old.tokensFile?.tokens else { return !changes.isEmpty }
        target.logger.notice("Tokens taken over", metadata: ["clients": "\(tokens)"])
        return true
    }

    private func log(_ change: SettingsChange) {
        let metadata: Logger.Metadata = [
            "setting": "\(change.variable)", "old": "\(change.old ?? "default")", "new": "\(change.new ?? "default")",
        ]
        switch change.effect {
        case .atOnce: target.logger.notice("Setting taken over", metadata: metadata)
        case .none: target.logger.notice("Setting is what runs already", metadata: metadata)
        case .fromNextStart: target.logger.warning("Setting holds from the next start on", metadata: metadata)
        }
    }
}
