import EventService
import HTTPTypes

/// A command that asks an endpoint, to be copied into a shell where `EVENKEEL` is the API's address.
struct CurlExample {
    let endpoint: Endpoint

    var command: String {
        var words = ["curl"]
        if isStream { words.append("-N") }
        if endpoint.method != .get { words += ["-X", endpoint.method.rawValue] }
        words.append("\"$EVENKEEL\(path)\"")
        if let body = endpoint.operation.requestBody {
            words += ["-H", Self.quoted("Content-Type: application/json"), "-d", Self.quoted(body.example.literal)]
        }
        return words.joined(separator: " ")
    }

    private var isStream: Bool {
        endpoint.operation.answers.contains { $0.mediaType == "text/event-stream" }
    }

    private var path: String {
        endpoint.operation.parameters.filter { $0.location == .path }.reduce(endpoint.path) { path, parameter in
            path.replacing("{\(parameter.name)}", with: parameter.schema.example.literal.percentEncoded)
        }
    }

    /// A text as one word of a POSIX shell.
    private static func quoted(_ text: String) -> String {
        "'\(text.replacing("'", with: #"'\''"#))'"
    }
}

extension JSONDocument {
    /// A value that the schema allows, as far as its examples, or else its type, tell.
    fileprivate var example: JSONDocument {
        if let name = referenceName { return Components.schemas[name]?.example ?? .null }
        if let value = self["examples"]?.elements.first ?? self["const"] ?? self["enum"]?.elements.first {
            return value
        }
        switch self["type"]?.text {
        case "object":
            let required = self["required"]?.elements.compactMap(\.text) ?? []
            return .object(
                Dictionary(uniqueKeysWithValues: required.map { ($0, self["properties"]?[$0]?.example ?? .null) })
            )
        case "array": return .array(self["items"].map { [$0.example] } ?? [])
        case "integer": return self["minimum"] ?? 1
        case "boolean": return true
        default: return "1"
        }
    }
}
