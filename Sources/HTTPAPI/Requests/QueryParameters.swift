import EventService
import Foundation

/// The parameters of a request's query, and what is wrong with them.
///
/// Read from the query itself: Hummingbird takes a value that can't be decoded as it stands, and doesn't decode names. As
/// HTML forms write it and browsers, `URLSearchParams` and Python's `requests` do, `+` is a space; they all write a plus as
/// `%2B`.
struct QueryParameters {
    /// The most parameters of a query.
    static let maximumCount = 50

    /// A parameter, decoded.
    struct Parameter {
        var name: String
        var value: String
    }

    /// The parameters that could be decoded, in the query's order.
    private(set) var parameters: [Parameter] = []

    /// Which parameters are wrong and why, each once.
    private(set) var problems: [ServiceError.FieldError] = []

    /// - Parameter query: What stands behind the question mark, as it came: `request.uri.query`.
    init(_ query: String?) {
        guard let query, !query.isEmpty else { return }
        // By bytes: as a character, `=` and a combining accent behind it are one.
        let parts = query.utf8.split(separator: UInt8(ascii: "&"))
        guard parts.count <= Self.maximumCount else {
            add(problem: "a query may have at most \(Self.maximumCount) parameters", with: "query")
            return
        }
        for part in parts {
            let end = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
            let (name, value) = (Substring(part[..<end]), Substring(part[end...].dropFirst()))
            guard let name = Self.decoded(name), let value = Self.decoded(value) else {
                add(problem: "is not percent-encoded UTF-8", with: String(name))
                continue
            }
            parameters.append(Parameter(name: name, value: value))
        }
    }

    /// Whether there are none, not even wrong ones.
    var isEmpty: Bool { parameters.isEmpty && problems.isEmpty }

    /// Every value of a parameter, in order.
    func values(of name: String) -> [String] {
        parameters.lazy.filter { $0.name == name }.map(\.value)
    }

    /// The value of a parameter that may be given once.
    mutating func value(of name: String) -> String? {
        let values = values(of: name)
        if values.count > 1 { add(problem: "is given more than once", with: name) }
        return values.first
    }

    /// Those of these names alone, as if the others hadn't been sent.
    func only(_ names: [String]) -> QueryParameters {
        var result = self
        result.parameters.removeAll { !names.contains($0.name) }
        result.problems.removeAll { !names.contains($0.field) && $0.field != "query" }
        return result
    }

    /// Says that a parameter is wrong.
    mutating func add(problem: String, with name: String) {
        guard let index = problems.firstIndex(where: { $0.field == name }) else {
            problems.append(ServiceError.FieldError(field: name, message: problem))
            return
        }
        if problems[index].message != problem { problems[index].message += "; \(problem)" }
    }

    /// Says of every parameter that has none of these names that it isn't known.
    mutating func refuse(otherThan known: [String]) {
        for name in parameters.map(\.name) where !known.contains(name) {
            let words = known.isEmpty ? "there are none here" : "known are \(known.joined(separator: ", "))"
            add(problem: "is unknown: \(words)", with: name)
        }
    }

    /// - Throws: `ServiceError` of kind `invalid` with everything that is wrong.
    func check() throws(ServiceError) {
        if !problems.isEmpty { throw .wrongParameters(problems) }
    }

    /// The parameters whose names are none of these, as a query.
    func encoded(without names: Set<String>) -> String {
        parameters.filter { !names.contains($0.name) }
            .map { "\(Self.encoded($0.name))=\(Self.encoded($0.value))" }
            .joined(separator: "&")
    }

    /// The text decoded; `nil` where it isn't percent-encoded UTF-8.
    ///
    /// Bytes that are neither encoded nor UTF-8 have become replacement characters before they come here.
    private static func decoded(_ text: Substring) -> String? {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") || $0 >= 0x80 }) else {
            return String(text)
        }
        guard !text.unicodeScalars.contains("\u{FFFD}") else { return nil }
        let bytes = text.utf8.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }
        return String(decoding: bytes, as: UTF8.self).removingPercentEncoding
    }

    /// The text with everything encoded but what RFC 3986 reserves for nothing, commas and colons.
    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
    }

    private static let plain = CharacterSet.unreserved.union(CharacterSet(charactersIn: ",:"))
}
