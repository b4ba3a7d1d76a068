import Configuration
import Foundation
import SystemPackage
import Yams

/// A place that settings come from, with the name that an error calls it by.
struct SettingsSource: Sendable {
    let name: String
    let kind: Kind
    let provider: any ConfigProvider
    /// The names that it holds, as they stand there; those of a file with dots between their parts.
    let names: [String]
    /// What stands there for a variable, whatever its type.
    let rawValues: [String: String]

    enum Kind {
        case flags, environment, environmentFile, file
    }
}

extension SettingsSource {
    /// The command line: keys and values of the flags that were given.
    static func flags(_ values: [[String]: ConfigValue]) -> SettingsSource {
        let provider = InMemoryProvider(
            values: Dictionary(uniqueKeysWithValues: values.map { (AbsoluteConfigKey($0.key), $0.value) })
        )
        return SettingsSource(name: "the command line", kind: .flags, provider: provider, names: [], rawValues: [:])
    }

    static func environment(_ variables: [String: String]) -> SettingsSource {
        SettingsSource(
            name: "the environment",
            kind: .environment,
            provider: EnvironmentVariablesProvider(environmentVariables: variables),
            names: Array(variables.keys),
            rawValues: variables
        )
    }

    /// A `.env` file, if there is one.
    static func environmentFile(_ path: String) async throws(SettingsError) -> SettingsSource? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        do {
            let text = try String(contentsOfFile: path, encoding: .utf8)
            let provider = try await EnvironmentVariablesProvider(environmentFilePath: FilePath(path))
            let names = environmentNames(in: text)
            let rawValues = try names.map { ($0, try provider.environmentValue(forName: $0) ?? "") }
            return SettingsSource(
                name: "the file \(path)",
                kind: .environmentFile,
                provider: provider,
                names: names,
                rawValues: Dictionary(rawValues) { first, _ in first }
            )
        } catch {
            throw SettingsError("the file \(path) can't be read: \(error)")
        }
    }

    /// A JSON or YAML file that was asked for by name, so it must be there.
    static func file(_ path: String) async throws(SettingsError) -> SettingsSource {
        guard FileManager.default.fileExists(atPath: path) else {
            throw SettingsError("--config names \(path), but there is no such file")
        }
        do {
            let text = try String(contentsOfFile: path, encoding: .utf8)
            let provider: any ConfigProvider =
                path.lowercased().hasSuffix(".json")
                ? try await FileProvider<JSONSnapshot>(filePath: FilePath(path))
                : try await FileProvider<YAMLSnapshot>(filePath: FilePath(path))
            // JSON is YAML, so one reader finds the names in both.
            let values = leaves(of: try Yams.load(yaml: text) ?? [:])
            return SettingsSource(
                name: "the file \(path)",
                kind: .file,
                provider: provider,
                names: values.map { $0.key.joined(separator: ".") },
                rawValues: Dictionary(values.map { (environmentName(of: $0.key), $0.value) }) { first, _ in first }
            )
        } catch {
            throw SettingsError("the file \(path) is neither JSON nor YAML with names and values: \(error)")
        }
    }

    private static func environmentNames(in text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).compactMap { line in
            let trimmed = line.trimmingPrefix { $0.isWhitespace }
            guard !trimmed.hasPrefix("#"), let end = trimmed.firstIndex(of: "=") else { return nil }
            return trimmed[..<end].trimmingCharacters(in: .whitespaces)
        }
    }

    private static func leaves(of value: Any, under key: [String] = []) -> [(key: [String], value: String)] {
        guard let members = value as? [String: Any] else { return [(key, "\(value)")] }
        return members.flatMap { leaves(of: $0.value, under: key + [$0.key]) }
    }
}
