import Foundation
public import NIOCore

/// Bodies as an events API answers them.
public enum AnswerBody {
    /// A user with the identifiers of their events.
    public static func user(_ id: String, name: String = "Ada", events: [String] = []) -> ByteBuffer {
        object([
            ("id", string(id)), ("name", string(name)), ("events", "[\(events.map(string).joined(separator: ","))]"),
        ])
    }

    /// An event of a user.
    public static func event(_ id: String, name: String = "Talk", userID: String = "1") -> ByteBuffer {
        object([("id", string(id)), ("name", string(name)), ("userId", string(userID))])
    }

    /// The answer to an event that was added.
    public static let added = ByteBuffer(string: #"{"success":true,"eventId":"e1"}"#)

    /// An array of bodies.
    public static func array(_ bodies: [ByteBuffer]) -> ByteBuffer {
        ByteBuffer(string: "[\(bodies.map { String(buffer: $0) }.joined(separator: ","))]")
    }

    private static func object(_ members: [(String, String)]) -> ByteBuffer {
        ByteBuffer(string: "{\(members.map { "\(string($0)):\($1)" }.joined(separator: ","))}")
    }

    private static func string(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case "\u{0}"..<" ": result += String(format: "\\u%04x", scalar.value)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
