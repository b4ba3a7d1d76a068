import Logging
import NIOCertificateReloading
import NIOCore
import NIOSSL

/// The certificate that the server shows, as new as its files.
struct ServerCertificate {
    /// Reads the files again from time to time while it runs; a pair that can't be used leaves the one before in use.
    let reloader: TimedCertificateReloader
    /// What connections are secured by, with whatever certificate is in use when they begin.
    let configuration: TLSConfiguration

    /// Reads the files for the first time.
    init(_ files: TLSFiles, logger: Logger) throws(TLSFilesError) {
        try Self.check(files)
        let log = CertificateLog(files, logger: logger)
        var settings = TimedCertificateReloader.Configuration(
            refreshInterval: files.reloadInterval,
            certificateSource: .init(
                location: .memory { try files.read(.certificateChain, at: files.certificateChain) },
                format: .pem
            ),
            privateKeySource: .init(
                location: .memory { try files.read(.privateKey, at: files.privateKey) },
                format: .pem
            )
        )
        settings.onCertificateLoaded = { log.loaded($0) }
        settings.onCertificateLoadFailed = { log.failed($0.error) }
        do {
            reloader = try TimedCertificateReloader.makeReloaderValidatingSources(configuration: settings)
            var configuration = try TLSConfiguration.makeServerConfiguration(certificateReloader: reloader)
            configuration.minimumTLSVersion = .tlsv12
            configuration.applicationProtocols = ["http/1.1"]
            configuration.shutdownTimeout = .seconds(1)
            self.configuration = configuration
        } catch {
            throw TLSFilesError(error)
        }
    }

    /// Finds out which of the files is at fault; the reloader's errors don't tell.
    private static func check(_ files: TLSFiles) throws(TLSFilesError) {
        let chain = try files.read(.certificateChain, at: files.certificateChain)
        guard let certificates = try? NIOSSLCertificate.fromPEMBytes(chain), !certificates.isEmpty else {
            throw TLSFilesError(part: .certificateChain, reason: "has no certificate in PEM")
        }
        let key = try files.read(.privateKey, at: files.privateKey)
        guard (try? NIOSSLPrivateKey(bytes: key, format: .pem)) != nil else {
            throw TLSFilesError(part: .privateKey, reason: "has no private key in PEM that needs no password")
        }
    }
}

extension TLSFilesError {
    /// The error of a reload.
    init(_ error: any Error) {
        switch error {
        case let error as TLSFilesError: self = error
        case let error as TimedCertificateReloader.Error where error == .publicKeyMismatch:
            self.init(part: .both, reason: "don't belong together")
        default: self.init(part: .both, reason: "can't be used: \(error)")
        }
    }
}
