import Foundation

extension ClientToken {
    /// The token in the environment, under `API_TOKEN`; `nil` where there is none, or an empty one, as Docker Compose sets for
    /// `${API_TOKEN:-}`.
    ///
    /// Not a flag: every process on the machine can read those.
    /// - Throws: `SettingRefusal` for one that no instance can have given.
    static func fromEnvironment(
        _ variables: [String: String] = ProcessInfo.processInfo.environment
    ) throws(SettingRefusal) -> ClientToken? {
        guard let text = variables["API_TOKEN"], !text.isEmpty else { return nil }
        return try ClientToken(checking: text)
    }
}
