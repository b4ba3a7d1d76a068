/// The names of all settings, among which slips are found: a misspelt threshold would be silently off.
struct SettingNames: Sendable {
    /// Every setting that there is: those that are read where none is set.
    static let all: SettingNames = {
        let reader = SettingsReader(sources: [])
        var settings = Settings()
        do {
            try settings.read(reader)
        } catch {
            preconditionFailure("the defaults can always be used: \(error)")
        }
        return SettingNames(keys: reader.keys)
    }()

    /// What no setting is and yet no slip: `evenkeel seed` reads it.
    private static let other: Set<String> = ["API_TOKEN"]

    /// Beginnings that only Evenkeel could mean, so that what isn't known there is a slip.
    ///
    /// The environment has settings of other programs as well, and their names must not stop the start. So none of these is
    /// a word that others begin names with, such as `CACHE_`, `GET_` or `UPSTREAM_`: each holds what the setting is about.
    private static let families = [
        "ADD_EVENT_", "API_TOKEN", "CACHE_STALE_", "CACHE_TTL", "CIRCUIT_BREAKER_", "CORS_ORIGIN", "EVENT_API_",
        "FAN_OUT_", "GET_RETR", "HISTORY_KEEP", "HISTORY_MAX_ENT", "OUTBOX_MAX_ENT", "RATE_LIMIT_", "REQUEST_DEADLINE",
        "SLO_", "TLS_CERTIFICATE_", "TLS_PRIVATE_KEY_",
        "UPSTREAM_TIMEOUT",
    ]

    /// The keys of the settings in a file, by their variables.
    let keys: [String: String]
    private let lettersOfKeys: [(variable: String, letters: [UInt8])]

    private init(keys: [String: String]) {
        self.keys = keys
        lettersOfKeys = keys.keys.map { ($0, Self.letters(of: $0)) }
    }

    /// Whether a source may hold a name.
    func contains(_ name: String, in source: SettingsSource) -> Bool {
        switch source.kind {
        case .environment, .environmentFile: keys[name] != nil || Self.other.contains(name)
        case .file, .flags: keys.values.contains(name)
        }
    }

    /// Whether a name that isn't known can only be a slip.
    func isSlip(_ name: String, in source: SettingsSource) -> Bool {
        switch source.kind {
        // Nobody else reads it.
        case .file, .flags: true
        // Docker Compose and others read it too, but whoever runs Evenkeel there means Evenkeel.
        case .environmentFile: Self.isOfFamily(name) || !near(name).isEmpty
        case .environment:
            !Self.isServiceLink(name) && (Self.isOfFamily(name) || near(name).contains(where: Self.isUnmistakable))
        }
    }

    /// Short names are near to those of others, LOG_LEVEL to LOGLEVEL; long ones, and those of three words, to nothing else.
    private static func isUnmistakable(_ variable: String) -> Bool {
        variable.split(separator: "_").count >= 3 || variable.count >= 12
    }

    /// What to set instead of a name, in words.
    func advice(on name: String, in source: SettingsSource) -> String {
        let isKey = source.kind == .file
        let variable = isKey ? environmentName(of: name.split(separator: ".").map(String.init)) : name
        let letters = Self.letters(of: name)
        var meant = near(name)
        if meant.isEmpty { meant = keys.keys.filter { Self.letters(of: $0).starts(with: letters) } }
        let isOne = meant.count == 1
        if meant.isEmpty { meant = keys.keys.filter { $0.hasPrefix(variable.prefix { $0 != "_" } + "_") } }
        let words = meant.sorted().map { isKey ? keys[$0] ?? $0 : $0 }.joined(separator: ", ")
        return isOne ? "; did you mean \(words)?" : meant.isEmpty ? "" : "; there are \(words)"
    }

    /// The variables that up to two letters more, less or other, or two that change places, make of a name.
    private func near(_ name: String) -> [String] {
        let letters = Self.letters(of: name)
        let limit = min(2, letters.count / 3)
        // The whole environment is compared with all settings, before anything is shown.
        let candidates = lettersOfKeys.filter { abs($0.letters.count - letters.count) <= limit }
        let distances = candidates.map { (variable: $0.variable, distance: $0.letters.editDistance(to: letters)) }
        guard let least = distances.map(\.distance).min(), least <= limit else { return [] }
        return distances.filter { $0.distance == least }.map(\.variable)
    }

    private static func isOfFamily(_ name: String) -> Bool {
        families.contains { name.hasPrefix($0) }
    }

    /// Whether Kubernetes sets it for a service, which may be called `event-api` or `rate-limit`.
    private static func isServiceLink(_ name: String) -> Bool {
        name.contains(/_(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT(_\d+_(TCP|UDP|SCTP)(_.+)?)?)$/)
    }

    /// What is left of a name in every spelling, in UTF-8.
    private static func letters(of name: some StringProtocol) -> [UInt8] {
        Array(name.uppercased().filter { $0.isLetter || $0.isNumber }.utf8)
    }
}
