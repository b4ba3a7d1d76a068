import Foundation
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
        let text: String
        (text, isReadableByEverybody) = try Self.read(path)
        do {
            tokens = try AccessTokens(parsing: text)
        } catch {
            throw SettingRefusal(reason: "the file has a mistake: \(error)")
        }
        self.path = path
    }

    private static func read(_ path: String) throws(SettingRefusal) -> (text: String, isReadableByEverybody: Bool) {
        let data: Data?
        let permissions: Int
        do {
            data = try Data.contents(of: URL(fileURLWithPath: path), maximumSize: maximumSize)
            // Of the file itself: a link to it, everybody can read.
            let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
            permissions = try FileManager.default.attributesOfItem(atPath: target)[.posixPermissions] as? Int ?? 0
        } catch {
            throw SettingRefusal(reason: "the file can't be read: \(words(for: error))")
        }
        guard let data else {
            throw SettingRefusal(reason: "the file has more than \(maximumSize) bytes")
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw SettingRefusal(reason: "the file is not UTF-8")
        }
        return (text, permissions & 0o004 != 0)
    }

    private static func words(for error: any Error) -> String {
        let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? error as NSError
        guard underlying.domain == NSPOSIXErrorDomain else { return "\(error.localizedDescription)" }
        return String(cString: strerror(Int32(underlying.code)))
    }
}
