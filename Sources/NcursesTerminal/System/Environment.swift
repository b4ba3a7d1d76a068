import CNcurses

/// The process's environment.
enum Environment {
    /// A variable's value; nil when it is not set.
    static func value(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    /// Whether a variable is set and not empty, which is what NO_COLOR asks for.
    static func isSet(_ name: String) -> Bool {
        value(name).map { !$0.isEmpty } ?? false
    }
}
