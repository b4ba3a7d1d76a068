import Foundation

/// The files of a certificate, which are read again when they change.
public struct TLSFiles: Sendable, Equatable {
    /// The path of the certificate with the chain that leads to its root, in PEM.
    public var certificateChain: String

    /// The path of the certificate's private key, in PEM and without a password.
    public var privateKey: String

    /// How often the files are read, so that a new certificate is used.
    public var reloadInterval = Duration.seconds(5)

    /// Names the files; nothing is read yet.
    public init(certificateChain: String, privateKey: String) {
        self.certificateChain = certificateChain
        self.privateKey = privateKey
    }
}

/// Why a certificate can't be used.
public struct TLSFilesError: Error, Equatable, CustomStringConvertible {
    /// What of the two can't be used.
    public enum Part: Sendable {
        case certificateChain, privateKey
        /// Each can be read, but they don't belong together.
        case both
    }

    /// What can't be used.
    public let part: Part

    /// Why, in words that go on after the file's name.
    public let reason: String

    /// Creates an error from its parts.
    public init(part: Part, reason: String) {
        self.part = part
        self.reason = reason
    }

    /// The error in words.
    public var description: String {
        switch part {
        case .certificateChain: "the certificate's file \(reason)"
        case .privateKey: "the private key's file \(reason)"
        case .both: "the certificate and the private key \(reason)"
        }
    }
}

extension TLSFiles {
    /// Reads one of the files.
    func read(_ part: TLSFilesError.Part, at path: String) throws(TLSFilesError) -> [UInt8] {
        do {
            return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch CocoaError.fileReadNoSuchFile, CocoaError.fileNoSuchFile {
            throw TLSFilesError(part: part, reason: "doesn't exist")
        } catch CocoaError.fileReadNoPermission {
            throw TLSFilesError(part: part, reason: "may not be read")
        } catch {
            let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error ?? error
            throw TLSFilesError(part: part, reason: "can't be read: \(cause.localizedDescription)")
        }
    }
}
