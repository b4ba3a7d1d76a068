import Crypto
import Foundation
import HTTPAPI
import NIOCore
import NIOSSL
import SwiftASN1
import X509

/// A certificate for `localhost` that signs itself, made for one test.
struct TestCertificate {
    let certificate: String
    let privateKey: String

    init() throws {
        let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
        let name = try DistinguishedName { CommonName("localhost") }
        let certificate = try Certificate(
            version: .v3,
            serialNumber: Certificate.SerialNumber(),
            publicKey: key.publicKey,
            notValidBefore: Date(timeIntervalSinceNow: -3600),
            notValidAfter: Date(timeIntervalSinceNow: 3600),
            issuer: name,
            subject: name,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
                SubjectAlternativeNames([.dnsName("localhost")])
            },
            issuerPrivateKey: key
        )
        self.certificate = try certificate.serializeAsPEM().pemString
        privateKey = try key.serializeAsPEM().pemString
    }

    /// A client that trusts this certificate and no other.
    func client(_ configure: (inout TLSConfiguration) -> Void = { _ in }) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8)))
        configure(&configuration)
        return try NIOSSLContext(configuration: configuration)
    }
}

/// A folder with the files of a certificate, gone with the last reference.
final class CertificateFolder: Sendable {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "certificate-\(UUID().uuidString)")
    let files: TLSFiles

    init(_ certificate: TestCertificate? = nil) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var files = TLSFiles(
            certificateChain: folder.appending(path: "certificate.pem").path,
            privateKey: folder.appending(path: "key.pem").path
        )
        files.reloadInterval = .milliseconds(20)
        self.files = files
        if let certificate { try write(certificate.certificate, certificate.privateKey) }
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// Replaces the files.
    func write(_ certificate: String, _ privateKey: String) throws {
        try Data(certificate.utf8).write(to: URL(fileURLWithPath: files.certificateChain), options: .atomic)
        try Data(privateKey.utf8).write(to: URL(fileURLWithPath: files.privateKey), options: .atomic)
    }

    var configuration: HTTPAPIConfiguration {
        var configuration = HTTPAPIConfiguration()
        configuration.tls = files
        return configuration
    }
}
