/// A setting that can't be used: which, its value, what is allowed, and where the value came from.
struct SettingsError: Error, Equatable, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }

    /// - Parameter reason: Why this value isn't allowed, where that takes more than saying what is.
    init(setting: String, value: String, allowed: String, origin: String, reason: String? = nil) {
        let verdict = reason.map { ", but \($0). Allowed" } ?? ": allowed"
        self.description = "\(setting) is \(value)\(verdict) is \(allowed). It comes from \(origin)."
    }
}

/// Why a value that is well-formed can't be used.
struct SettingRefusal: Error, Equatable {
    let reason: String
}
