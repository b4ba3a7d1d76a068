/// A setting that can't be used: which, its value, what is allowed, and where the value came from.
struct SettingsError: Error, Equatable, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }

    init(setting: String, value: String, allowed: String, origin: String) {
        self.description = "\(setting) is \(value): allowed is \(allowed). It comes from \(origin)."
    }
}
