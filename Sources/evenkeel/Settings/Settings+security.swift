import HTTPAPI
import Resilience

extension Settings {
    /// Reads who may use the HTTP API, and how much.
    mutating func readSecurity(_ reader: SettingsReader) throws(SettingsError) {
        tokensFile = try reader.value(SecuritySettings.tokensFile, check: AccessTokensFile.init)
        let origins = try reader.value(SecuritySettings.origins, check: Self.origins)
        if let origins { allowedOrigins = origins }
        rateLimit = try Self.rateLimit(reader)
    }

    private static func origins(_ text: String) throws(SettingRefusal) -> AllowedOrigins {
        do {
            return try AllowedOrigins(parsing: text)
        } catch {
            throw SettingRefusal(reason: "\"\(error.origin)\" is no origin: \(error.reason)")
        }
    }

    private static func rateLimit(_ reader: SettingsReader) throws(SettingsError) -> RateLimit? {
        let burst = try reader.value(SecuritySettings.burst)
        guard let rate = try reader.value(SecuritySettings.requestsPerSecond) else {
            guard burst == nil else {
                let variables = (SecuritySettings.burst.variable, SecuritySettings.requestsPerSecond.variable)
                throw SettingsError("\(variables.0) has no effect without \(variables.1): set both or none")
            }
            return nil
        }
        guard rate > 0 else { return nil }
        do {
            return try RateLimit(tokens: rate, per: .seconds(1), burst: burst ?? 2 * rate)
        } catch {
            throw SettingsError("\(SecuritySettings.requestsPerSecond.variable): \(error)")
        }
    }
}

/// The settings of who may use the HTTP API, and how much.
private enum SecuritySettings {
    static let tokensFile = Setting<String>.text(
        "api",
        "tokensFile",
        allowed: "a file with a token a line: NAME SCOPES TOKEN"
    ) { $0.isEmpty ? nil : $0 }

    static let origins = Setting<String>.text(
        "cors",
        "origins",
        allowed: "origins like https://example.com, separated by commas, or * alone"
    ) { $0.isEmpty ? nil : $0 }

    static let requestsPerSecond = Setting.integer("rateLimit", "perSecond", in: 0...1_000_000)
    static let burst = Setting.integer("rateLimit", "burst", in: 1...10_000_000)
}
