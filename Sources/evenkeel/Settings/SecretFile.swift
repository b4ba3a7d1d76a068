import Foundation

/// A file with something that not everybody is to know.
struct SecretFile {
    let text: String
    /// Whether everybody on this machine can read it, which nobody should want.
    let isReadableByEverybody: Bool

    /// Reads the file.
    /// - Parameter maximumSize: The most bytes that it may have.
    /// - Throws: `SettingRefusal` for one that can't be read, without a word of what is in it.
    init(path: String, maximumSize: Int) throws(SettingRefusal) {
        let data: Data?
        let permissions: Int
        do {
            data = try Data.contents(of: URL(fileURLWithPath: path), maximumSize: maximumSize)
            // Of the file itself: a link to it, everybody can read.
            let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
            permissions = try FileManager.default.attributesOfItem(atPath: target)[.posixPermissions] as? Int ?? 0
        } catch {
            throw SettingRefusal(reason: "the file can't be read: \(Self.words(for: error))")
        }
        guard let data else {
            throw SettingRefusal(reason: "the file has more than \(maximumSize) bytes")
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw SettingRefusal(reason: "the file is not UTF-8")
        }
        self.text = text
        isReadableByEverybody = permissions & 0o004 != 0
    }

    private static func words(for error: any Error) -> String {
        let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? error as NSError
        guard underlying.domain == NSPOSIXErrorDomain else { return "\(error.localizedDescription)" }
        return String(cString: strerror(Int32(underlying.code)))
    }
}
