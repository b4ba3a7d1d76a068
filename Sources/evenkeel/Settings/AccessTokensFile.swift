import HTTPAPI

/// The file that `API_TOKENS_FILE` names, read and checked.
struct AccessTokensFile: Sendable, Equatable {
    let path: String
    let tokens: AccessTokens
    /// Whether everybody on this machine can read it, which nobody should want.
    let isReadableByEverybody: Bool
    /// What the file looked like before it was read.
    let look: FileWatch.Look?

    /// The largest file, in bytes: the most tokens of the greatest length fit into it.
    static let maximumSize = 2 * 1024 * 1024

    /// Reads the file.
    /// - Throws: `SettingRefusal` for one that can't be read, or has a line that is wrong; without a word of what is in it.
    init(path: String) throws(SettingRefusal) {
        look = FileWatch.Look(at: path)
        let file = try SecretFile(path: path, maximumSize: Self.maximumSize)
        isReadableByEverybody = file.isReadableByEverybody
        do {
            tokens = try AccessTokens(parsing: file.text)
        } catch {
            throw SettingRefusal(reason: "the file has a mistake: \(error)")
        }
        self.path = path
    }
}
