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
        for line in Self.lines(of: text).dropLast() {
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

    /// The lines, which end with CRLF, LF or CR and with none of Unicode's other line breaks.
    private static func lines(of text: String) -> [Substring] {
        let bytes = text.utf8
        var lines: [Substring] = []
        var start = bytes.startIndex
        var index = start
        while index < bytes.endIndex {
            let byte = bytes[index]
            let next = bytes.index(after: index)
            guard byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") else {
                index = next
                continue
            }
            lines.append(text[start..<index])
            let isPair = byte == UInt8(ascii: "\r") && next < bytes.endIndex && bytes[next] == UInt8(ascii: "\n")
            start = isPair ? bytes.index(after: next) : next
            index = start
        }
        return lines + [text[start...]]
    }
}
