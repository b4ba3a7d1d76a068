import Logging

extension Logger.Level {
    /// The level that `--log-level` names.
    /// - Throws: `Failure` for one that there isn't.
    init(flag name: String) throws(Failure) {
        guard let level = Self(rawValue: name) else {
            let allowed = Self.allCases.map(\.rawValue).joined(separator: ", ")
            throw .usage("--log-level is \"\(name)\": allowed are \(allowed)")
        }
        self = level
    }
}
