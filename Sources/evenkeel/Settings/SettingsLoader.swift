import Configuration
import Foundation

/// Reads the settings from all their sources, as often as it is asked.
struct SettingsLoader: Sendable {
    /// The flags that were given, as settings: the strongest source.
    let flags: [[String]: ConfigValue]
    /// The file that `--config` names.
    let file: String?
    var environment = ProcessInfo.processInfo.environment
    var environmentFile = ".env"

    /// The files that settings come from, whether they are there or not.
    var files: [String] { [environmentFile] + (file.map { [$0] } ?? []) }

    /// Reads and checks every setting.
    /// - Throws: `SettingsError` for the first one that can't be used.
    func load() async throws(SettingsError) -> Settings {
        let looks = FileWatch.Look.all(at: files)
        var sources: [SettingsSource] = [.flags(flags), .environment(environment)]
        if let source = try await SettingsSource.environmentFile(environmentFile) { sources.append(source) }
        if let file { sources.append(try await .file(file)) }
        var settings = try Settings(SettingsReader(sources: sources))
        settings.files = looks
        if let tokensFile = settings.tokensFile { settings.files[tokensFile.path] = tokensFile.look }
        return settings
    }
}
