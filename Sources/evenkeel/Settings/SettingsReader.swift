import Configuration

/// Reads settings from their sources, the strongest first.
final class SettingsReader {
    private let sources: [SettingsSource]

    /// The values that were read so far, by the variables of their settings; a setting that nobody set is not there.
    private(set) var values: [String: String] = [:]

    /// The keys in a file of the settings that were asked for so far, by their variables.
    private(set) var keys: [String: String] = [:]

    init(sources: [SettingsSource]) {
        self.sources = sources
    }

    /// The value of the strongest source that has one, or `nil`.
    ///
    /// - Throws: `SettingsError` where that value is not allowed; a weaker source doesn't make up for it.
    func value<Value>(_ setting: Setting<Value>) throws(SettingsError) -> Value? {
        try find(setting)?.value
    }

    /// What `check` makes of the value of the strongest source that has one, or `nil`.
    ///
    /// - Throws: `SettingsError`, which says why `check` doesn't take the value.
    func value<Checked>(
        _ setting: Setting<String>,
        check: (String) throws(SettingRefusal) -> Checked
    ) throws(SettingsError) -> Checked? {
        guard let found = try find(setting) else { return nil }
        do {
            return try check(found.value)
        } catch {
            throw SettingsError(
                setting: setting.variable,
                value: "\"\(found.value)\"",
                allowed: setting.allowed,
                origin: found.source.name,
                reason: error.reason
            )
        }
    }

    private func find<Value>(
        _ setting: Setting<Value>
    ) throws(SettingsError) -> (value: Value, source: SettingsSource)? {
        keys[setting.variable] = setting.key.components.joined(separator: ".")
        for source in sources {
            let content: ConfigContent
            do {
                guard let found = try source.provider.value(forKey: setting.key, type: setting.type).value else {
                    continue
                }
                content = found.content
            } catch {
                throw problem(setting, source, found: nil)
            }
            guard let value = setting.convert(content) else { throw problem(setting, source, found: content) }
            values[setting.variable] = Self.text(content)
            return (value, source)
        }
        return nil
    }

    /// Overwrites `target` with the value of a setting, if it has one.
    func read<Value>(_ setting: Setting<Value>, into target: inout Value) throws(SettingsError) {
        if let value = try value(setting) { target = value }
    }

    /// Looks for names that were set and that no setting has.
    /// - Returns: Those that may be another program's, though they stand in a file that Evenkeel reads, with that file.
    /// - Throws: `SettingsError` for the first one that can only be a slip.
    func checkNames(_ known: SettingNames = .all) throws(SettingsError) -> [String] {
        var unknown: [String] = []
        for source in sources {
            for name in source.names.sorted() where !known.contains(name, in: source) {
                if known.isSlip(name, in: source) {
                    let advice = known.advice(on: name, in: source)
                    throw SettingsError("\(name), set in \(source.name), is no setting\(advice)")
                }
                if source.kind != .environment { unknown.append("\(name) in \(source.name)") }
            }
        }
        return unknown
    }

    private func problem<Value>(_ setting: Setting<Value>, _ source: SettingsSource, found: ConfigContent?)
        -> SettingsError
    {
        let value = source.rawValues[setting.variable] ?? found.map(Self.text) ?? "of another type"
        return SettingsError(
            setting: setting.variable,
            value: value.isEmpty ? "empty" : "\"\(value)\"",
            allowed: setting.allowed,
            origin: source.name
        )
    }

    private static func text(_ content: ConfigContent) -> String {
        switch content {
        case .string(let value): value
        case .int(let value): "\(value)"
        case .double(let value): "\(value)"
        case .bool(let value): "\(value)"
        default: "\(content)"
        }
    }
}
