import Configuration

/// One thing that can be set: its name everywhere, and what is allowed.
///
/// The key `["circuitBreaker", "failureThreshold"]` is `CIRCUIT_BREAKER_FAILURE_THRESHOLD` in the environment and
/// `circuitBreaker: { failureThreshold: … }` in a file.
struct Setting<Value>: Sendable {
    let key: AbsoluteConfigKey
    let variable: String
    let allowed: String
    let type: ConfigType
    /// The value, or `nil` where it isn't allowed.
    let convert: @Sendable (ConfigContent) -> Value?

    private init(
        _ key: [String],
        _ allowed: String,
        _ type: ConfigType,
        convert: @escaping @Sendable (ConfigContent) -> Value?
    ) {
        self.key = AbsoluteConfigKey(key)
        self.variable = environmentName(of: key)
        self.allowed = allowed
        self.type = type
        self.convert = convert
    }
}

/// The environment variable that belongs to a key: words in capitals, joined by underscores.
func environmentName(of key: [String]) -> String {
    key.map { component in
        component.reduce(into: "") { name, character in
            if character.isUppercase { name.append("_") }
            name.append(contentsOf: character.uppercased())
        }
    }
    .joined(separator: "_")
}

extension Setting<Int> {
    static func integer(_ key: String..., in range: ClosedRange<Int>) -> Setting {
        Setting(key, "a whole number from \(range.lowerBound) to \(range.upperBound)", .int) { content in
            guard case .int(let value) = content, range.contains(value) else { return nil }
            return value
        }
    }
}

extension Setting<Double> {
    static func number(_ key: String..., in range: ClosedRange<Double>) -> Setting {
        Setting(key, "a number from \(range.lowerBound) to \(range.upperBound)", .double) { content in
            guard case .double(let value) = content, range.contains(value) else { return nil }
            return value
        }
    }
}

extension Setting<Double> {
    /// A percentage of answers that is promised.
    ///
    /// The least of them leaves room for a fast burn, which takes 14.4 times the failures that may be.
    static func promise(_ key: [String], orNone: Bool) -> Setting {
        let range = 95.0...99.999
        let percentage = "a percentage from \(range.lowerBound) to \(range.upperBound)"
        return Setting(key, orNone ? "\(percentage), or 0 for no objective" : percentage, .double) { content in
            guard case .double(let value) = content, range.contains(value) || orNone && value == 0 else { return nil }
            return value
        }
    }
}

extension Setting<Bool> {
    static func flag(_ key: String...) -> Setting {
        Setting(key, "true or false", .bool) { content in
            if case .bool(let value) = content { value } else { nil }
        }
    }
}

extension Setting<Duration> {
    static func milliseconds(_ key: String..., in range: ClosedRange<Int>) -> Setting {
        milliseconds(key, in: range)
    }

    static func milliseconds(_ key: [String], in range: ClosedRange<Int>) -> Setting {
        Setting(key, "whole milliseconds from \(range.lowerBound) to \(range.upperBound)", .int) { content in
            guard case .int(let value) = content, range.contains(value) else { return nil }
            return .milliseconds(value)
        }
    }
}

extension Setting {
    static func text(_ key: String..., allowed: String, convert: @escaping @Sendable (String) -> Value?) -> Setting {
        Setting(key, allowed, .string) { content in
            if case .string(let value) = content { convert(value) } else { nil }
        }
    }
}
