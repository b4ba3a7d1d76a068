import EventService
import HTTPAPI
import Storage

/// A setting that has another value than when it was read before.
struct SettingsChange: Equatable {
    /// What becomes of a change.
    enum Effect {
        /// It holds from now on.
        case atOnce
        /// It holds from the next start on.
        case fromNextStart
        /// It is what runs already: a change that waited for the next start was taken back.
        case none
    }

    let variable: String
    /// What ran until now; `nil` for the default.
    let old: String?
    let new: String?
    let effect: Effect

    static let tokensFile = "API_TOKENS_FILE"

    /// What only a start reads, where to listen, whom to ask, and what is built from them; and whether it is the same to the
    /// program, whatever it looks like.
    static let untilRestart: [String: @Sendable (Settings, Settings) -> Bool] = [
        "HOST": { $0.host == $1.host }, "PORT": { $0.port == $1.port },
        "EVENT_API_BASE_URL": { $0.upstream == $1.upstream },
        "DATA_DIR": { $0.store.location == $1.store.location },
        "DATA_EPHEMERAL": { $0.store.location == $1.store.location },
        "OUTBOX_MAX_ENTRIES": { $0.store.maximumOutboxEntries == $1.store.maximumOutboxEntries },
        "OUTBOX_CONCURRENCY": { $0.service.outbox == $1.service.outbox },
        "CORS_ORIGINS": { $0.allowedOrigins == $1.allowedOrigins },
        "LOG_FORMAT": { ($0.logFormat ?? .json) == ($1.logFormat ?? .json) },
        "BELL": { $0.ringsBell == $1.ringsBell },
        "REFRESH_INTERVAL_MS": { $0.refreshInterval == $1.refreshInterval },
        "TLS_CERTIFICATE_FILE": { $0.tls?.certificateChain == $1.tls?.certificateChain },
        "TLS_PRIVATE_KEY_FILE": { $0.tls?.privateKey == $1.tls?.privateKey },
    ]

    /// What differs from what was read before, sorted by the variables.
    /// - Parameter running: What the process was started with.
    static func between(_ old: Settings, and new: Settings, running: Settings) -> [SettingsChange] {
        Set(old.values.keys).union(new.values.keys).sorted().compactMap { variable in
            let value = new.values[variable]
            guard old.values[variable] != value else { return nil }
            guard let isSame = untilRestart[variable] else {
                return SettingsChange(variable: variable, old: old.values[variable], new: value, effect: .atOnce)
            }
            return SettingsChange(
                variable: variable,
                old: running.values[variable],
                new: value,
                effect: isSame(running, new) ? .none : .fromNextStart
            )
        }
    }
}
