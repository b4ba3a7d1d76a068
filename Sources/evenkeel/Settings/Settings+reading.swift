import EventService
import Foundation
import Logging
import Resilience
import Storage
import UpstreamClient

extension Settings {
    /// Reads and checks every setting.
    ///
    /// - Throws: `SettingsError` for the first one that can't be used.
    init(_ reader: SettingsReader) throws(SettingsError) {
        self.init()
        // First, because a slip is why another setting seems to lack its counterpart.
        unknownNames = try reader.checkNames()
        try read(reader)
        values = reader.values
    }

    /// Overwrites every setting that is set.
    mutating func read(_ reader: SettingsReader) throws(SettingsError) {
        try reader.read(.text("host", allowed: "an address or a host name") { $0.isEmpty ? nil : $0 }, into: &host)
        try reader.read(.integer("port", in: 0...65_535), into: &port)
        tls = try Self.tls(reader)
        upstream = try reader.value(
            .text("eventApi", "baseUrl", allowed: "an http or https address without user, query and fragment") {
                BaseURL($0)
            }
        )
        try readSecurity(reader)
        try readPolicies(reader)
        try readStore(reader)
        service.objectives = try Self.objectives(reader)
        service.breaker = try Self.breaker(reader, requestDeadline: service.requestDeadline)
        try reader.read(
            .text("log", "level", allowed: Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")) {
                Logger.Level(rawValue: $0.lowercased())
            },
            into: &logLevel
        )
        logFormat = try reader.value(
            .text("log", "format", allowed: "json or text") { LogFormat(rawValue: $0.lowercased()) }
        )
        try reader.read(.milliseconds("refreshInterval", "ms", in: 0...86_400_000), into: &refreshInterval)
        ringsBell = try reader.value(.flag("bell"))
    }

    private mutating func readPolicies(_ reader: SettingsReader) throws(SettingsError) {
        try reader.read(.integer("get", "retries", in: 0...100), into: &service.readRetries.maximum)
        try reader.read(.milliseconds("get", "retryDelayMs", in: 0...60_000), into: &service.readRetries.firstDelay)
        try reader.read(.integer("addEvent", "retries", in: 0...100), into: &service.addRetries.maximum)
        try reader.read(.milliseconds("addEvent", "retryDelayMs", in: 0...60_000), into: &service.addRetries.firstDelay)
        try reader.read(.milliseconds("upstream", "timeoutMs", in: 1...3_600_000), into: &service.attemptTimeout)
        try reader.read(.milliseconds("request", "deadlineMs", in: 1...3_600_000), into: &service.requestDeadline)
        try reader.read(.integer("fanOut", "limit", in: 1...1000), into: &service.fanOutLimit)
        try reader.read(.milliseconds("cache", "ttlMs", in: 0...86_400_000), into: &service.cache.lifetime)
        try reader.read(.milliseconds("cache", "staleIfErrorMs", in: 0...86_400_000), into: &service.cache.staleIfError)
        try reader.read(.integer("cache", "maxBytes", in: 0...1_099_511_627_776), into: &service.cache.maximumSize)
    }

    private mutating func readStore(_ reader: SettingsReader) throws(SettingsError) {
        let folder = try reader.value(
            .text("data", "dir", allowed: "the path of a folder") { $0.isEmpty ? nil : URL(fileURLWithPath: $0) }
        )
        if let folder { store.location = .folder(folder) }
        if try reader.value(.flag("data", "ephemeral")) == true { store.location = .memory }
        let days = try reader.value(.integer("history", "keepDays", in: 1...3650))
        if let days { service.history.retention = .seconds(days * 86_400) }
        try reader.read(.integer("history", "maxEntries", in: 1...10_000_000), into: &service.history.maximumEntries)
        try reader.read(.integer("outbox", "maxEntries", in: 1...10_000_000), into: &store.maximumOutboxEntries)
        try reader.read(.integer("outbox", "concurrency", in: 1...1000), into: &service.outbox.maximumDeliveries)
        try reader.read(
            .text("addEvent", "whenDown", allowed: "reject or queue") {
                EventServiceConfiguration.WhenDown(rawValue: $0.lowercased())
            },
            into: &service.whenDown
        )
    }

    private static func breaker(
        _ reader: SettingsReader,
        requestDeadline: Duration
    ) throws(SettingsError) -> CircuitBreakerConfiguration {
        let defaults = CircuitBreakerConfiguration()
        let resetTimeout = try reader.value(BreakerSettings.resetTimeout) ?? defaults.resetTimeout
        let maximum =
            try reader.value(BreakerSettings.maximumResetTimeout) ?? max(defaults.maximumResetTimeout, resetTimeout)
        do {
            return try CircuitBreakerConfiguration(
                failureThreshold: try reader.value(BreakerSettings.failureThreshold) ?? defaults.failureThreshold,
                failureWindow: try reader.value(BreakerSettings.failureWindow) ?? defaults.failureWindow,
                resetTimeout: resetTimeout,
                maximumResetTimeout: maximum,
                resetMultiplier: try reader.value(BreakerSettings.resetMultiplier) ?? defaults.resetMultiplier,
                jitter: try reader.value(BreakerSettings.jitter) ?? defaults.jitter,
                halfOpenProbes: try reader.value(BreakerSettings.halfOpenProbes) ?? defaults.halfOpenProbes,
                successesToClose: try reader.value(BreakerSettings.successesToClose) ?? defaults.successesToClose,
                // A probe lasts as long as its request at most; this is the net for one that doesn't end.
                probeTimeout: max(defaults.probeTimeout, requestDeadline * 2),
                resetOnSuccess: try reader.value(BreakerSettings.resetOnSuccess) ?? defaults.resetOnSuccess
            )
        } catch let error as SettingsError {
            throw error
        } catch {
            let variables =
                "\(BreakerSettings.resetTimeout.variable) and \(BreakerSettings.maximumResetTimeout.variable)"
            throw SettingsError("\(variables) don't fit together: \(error)")
        }
    }
}

/// The settings of the circuit breakers, which all routes share.
private enum BreakerSettings {
    static let failureThreshold = Setting.integer("circuitBreaker", "failureThreshold", in: 1...10_000)
    static let failureWindow = Setting.milliseconds("circuitBreaker", "failureWindowMs", in: 1...86_400_000)
    static let resetTimeout = Setting.milliseconds("circuitBreaker", "resetTimeoutMs", in: 1...86_400_000)
    static let maximumResetTimeout = Setting.milliseconds("circuitBreaker", "maxResetTimeoutMs", in: 1...86_400_000)
    static let resetMultiplier = Setting.number("circuitBreaker", "resetMultiplier", in: 1...100)
    static let jitter = Setting.number("circuitBreaker", "jitter", in: 0...1)
    static let halfOpenProbes = Setting.integer("circuitBreaker", "halfOpenProbes", in: 1...1000)
    static let successesToClose = Setting.integer("circuitBreaker", "successesToClose", in: 1...1000)
    static let resetOnSuccess = Setting.flag("circuitBreaker", "resetOnSuccess")
}
