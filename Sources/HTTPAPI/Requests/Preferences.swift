import HTTPTypes

/// What a client would like, and the service may do (RFC 7240).
struct Preferences {
    private var values: [String: String] = [:]

    /// Reads the fields `Prefer`.
    ///
    /// What breaks their grammar is left out with all that comes behind it: nobody is refused for a wish.
    init(_ headers: HTTPFields) {
        guard let value = headers[.prefer] else { return }
        var scanner = FieldValueScanner(value)
        while let preference = Self.next(&scanner) {
            // Section 2: of those that are there more than once the first counts; names are compared whatever their case.
            let name = preference.name.lowercased()
            if values[name] == nil { values[name] = preference.value }
        }
    }

    /// Whether an answer before all is done is better than one later (section 4.1).
    var respondAsync: Bool { values["respond-async"]?.isEmpty == true }

    /// The next element of the list; the parameters of preferences mean nothing here.
    private static func next(_ scanner: inout FieldValueScanner) -> (name: String, value: String)? {
        repeat { scanner.skipWhitespace() } while scanner.take(",")
        guard let preference = scanner.parameter() else { return nil }
        scanner.skipWhitespace()
        while scanner.take(";") {
            scanner.skipWhitespace()
            _ = scanner.parameter()
            scanner.skipWhitespace()
        }
        return scanner.isAtEnd || scanner.take(",") ? preference : nil
    }
}
