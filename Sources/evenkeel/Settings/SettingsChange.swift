/// A setting that has another value than before.
struct SettingsChange: Equatable {
    let variable: String
    /// `nil` for the default.
    let old: String?
    let new: String?

    /// Whether it holds from now on; if not, from the next start on.
    var holdsAtOnce: Bool { !Self.untilRestart.contains(variable) }

    static let tokensFile = "API_TOKENS_FILE"

    /// What only a start reads: where to listen, whom to ask, and what is built from them.
    static let untilRestart: Set<String> = [
        "HOST", "PORT", "EVENT_API_BASE_URL", "CORS_ORIGINS", "LOG_FORMAT", "REFRESH_INTERVAL_MS",
        "TLS_CERTIFICATE_FILE", "TLS_PRIVATE_KEY_FILE",
    ]

    /// What differs, sorted by the variables.
    static func between(_ old: [String: String], and new: [String: String]) -> [SettingsChange] {
        Set(old.keys).union(new.keys).sorted().compactMap { variable in
            guard old[variable] != new[variable] else { return nil }
            return SettingsChange(variable: variable, old: old[variable], new: new[variable])
        }
    }
}
