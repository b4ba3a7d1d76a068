import HTTPAPI

extension Settings {
    /// Reads where the certificate is, if there is one.
    static func tls(_ reader: SettingsReader) throws(SettingsError) -> TLSFiles? {
        switch (try reader.value(TLSSettings.certificateFile), try reader.value(TLSSettings.privateKeyFile)) {
        case (nil, nil): return nil
        case (let certificate?, let key?): return TLSFiles(certificateChain: certificate, privateKey: key)
        case (_?, nil): throw missing(TLSSettings.privateKeyFile, beside: TLSSettings.certificateFile)
        case (nil, _?): throw missing(TLSSettings.certificateFile, beside: TLSSettings.privateKeyFile)
        }
    }

    /// What is wrong with the certificate's files, by the names of their settings.
    func description(of error: TLSFilesError) -> String {
        let certificate = "\(TLSSettings.certificateFile.variable), \"\(tls?.certificateChain ?? "")\","
        let key = "\(TLSSettings.privateKeyFile.variable), \"\(tls?.privateKey ?? "")\","
        return switch error.part {
        case .certificateChain: "the file of \(certificate) \(error.reason)"
        case .privateKey: "the file of \(key) \(error.reason)"
        case .both: "the files of \(certificate) and \(key) \(error.reason)"
        }
    }

    private static func missing(_ setting: Setting<String>, beside other: Setting<String>) -> SettingsError {
        SettingsError("\(other.variable) is set and \(setting.variable) isn't: HTTPS needs both, HTTP neither")
    }
}

/// The settings of the HTTP API's certificate.
private enum TLSSettings {
    static let certificateFile = Setting.text("tls", "certificateFile", allowed: "the path of a file") {
        $0.isEmpty ? nil : $0
    }
    static let privateKeyFile = Setting.text("tls", "privateKeyFile", allowed: "the path of a file") {
        $0.isEmpty ? nil : $0
    }
}
