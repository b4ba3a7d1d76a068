@testable import HTTPAPI

/// A stream of server-sent events as a browser reads it (WHATWG HTML, section 9.2.6, "Interpreting an event stream").
struct ReceivedEvents {
    struct Event: Equatable {
        let name: String
        let id: String
        let data: String

        /// The data, read as JSON.
        var json: JSONDocument {
            get throws { try JSONDocument(parsing: data) }
        }
    }

    private(set) var events: [Event] = []
    private(set) var comments: [String] = []
    private(set) var retry: Int?

    /// The fields that no browser knows.
    private(set) var unknown: [String] = []

    init(_ text: String) {
        var name = ""
        var id = ""
        var data: [Substring] = []
        // What stands behind the last line break is no line yet.
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isLineBreak).dropLast() {
            if line.isEmpty {
                if !data.isEmpty { events.append(Event(name: name, id: id, data: data.joined(separator: "\n"))) }
                (name, data) = ("", [])
                continue
            }
            let colon = line.firstIndex(of: ":") ?? line.endIndex
            let value = line[colon...].dropFirst().dropFirst(line[colon...].hasPrefix(": ") ? 1 : 0)
            switch line[..<colon] {
            case "": comments.append(String(value))
            case "event": name = String(value)
            case "id": id = String(value)
            case "data": data.append(value)
            case "retry": retry = Int(value)
            case let field: unknown.append(String(field))
            }
        }
    }

    /// The events of a type.
    func named(_ name: String) -> [Event] {
        events.filter { $0.name == name }
    }
}

extension Character {
    /// The line breaks of event streams, which are fewer than those of Unicode.
    fileprivate var isLineBreak: Bool { self == "\n" || self == "\r" || self == "\r\n" }
}
