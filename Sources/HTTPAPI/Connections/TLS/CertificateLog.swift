import Foundation
import Logging
import NIOCertificateReloading
import NIOSSL
import Synchronization

/// Logs which certificate is in use and why a new one isn't, each once: the files are read every few seconds.
///
/// The two files are replaced one after the other, so what is wrong with them counts when it still is at the next look.
final class CertificateLog: Sendable {
    private let files: TLSFiles
    private let logger: Logger
    private let failure = Mutex<(reason: String, times: Int)?>(nil)

    init(_ files: TLSFiles, logger: Logger) {
        self.files = files
        self.logger = logger
    }

    /// The files were read and are in use.
    func loaded(_ change: TimedCertificateReloader.CertificateChainAndKeyPairReloadDiff) {
        failure.withLock { $0 = nil }
        guard
            change.previousCertificateChain != change.currentCertificateChain
                || change.previousPrivateKey != change.currentPrivateKey
        else { return }
        logger.info("Certificate loaded", metadata: metadata(Self.metadata(of: change.currentCertificateChain.first)))
    }

    /// The files can't be used.
    func failed(_ error: any Error) {
        let reason = "\(TLSFilesError(error))"
        let times = failure.withLock { failure in
            let times = failure?.reason == reason ? (failure?.times ?? 0) + 1 : 1
            failure = (reason, times)
            return times
        }
        guard times == 2 else { return }
        logger.error("New certificate can't be used, the one before stays", metadata: metadata(["error": "\(reason)"]))
    }

    private func metadata(_ values: Logger.Metadata) -> Logger.Metadata {
        let files: Logger.Metadata = [
            "certificate_file": "\(files.certificateChain)", "private_key_file": "\(files.privateKey)",
        ]
        return files.merging(values) { $1 }
    }

    private static func metadata(of source: NIOSSLCertificateSource?) -> Logger.Metadata {
        guard case .certificate(let certificate) = source else { return [:] }
        let expiry = Date(timeIntervalSince1970: TimeInterval(certificate.notValidAfter))
        return ["expires": "\(expiry.formatted(.iso8601))"]
    }
}
