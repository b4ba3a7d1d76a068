import EventService
import Logging

/// A line of a log as a JSON object, written member by member.
struct JSONLine {
    private var json = JSONWriter()

    /// The bytes so far; a whole line once it is finished.
    var bytes: [UInt8] { json.bytes }

    init() {
        json.beginObject()
    }

    /// Adds a member; no two may have the same name.
    mutating func add(_ name: String, _ text: String) {
        json.write(name, text)
    }

    /// Adds members in the order of their names, without those of some names.
    mutating func add(_ metadata: Logger.Metadata, without names: [String] = []) {
        // By their indices: to sort values with their names, or to look each name up, costs as much as all the rest.
        for index in metadata.indices.sorted(by: { metadata.keys[$0] < metadata.keys[$1] }) {
            let (name, value) = metadata[index]
            guard !names.contains(name) else { continue }
            json.write(name: name)
            append(value)
        }
    }

    /// Ends the object and the line.
    mutating func finish() {
        json.endObject()
        json.endLine()
    }

    private mutating func append(_ value: Logger.MetadataValue) {
        switch value {
        case .string(let text): json.write(text)
        case .stringConvertible(let value): append(converting: value)
        case .array(let values):
            json.beginArray()
            for value in values { append(value) }
            json.endArray()
        case .dictionary(let members):
            json.beginObject()
            add(members)
            json.endObject()
        }
    }

    /// A number or a truth value as it is; anything else as its description.
    private mutating func append(converting value: any CustomStringConvertible) {
        let text = value.description
        // Types are compared because casts to each of them in turn would cost ten times as much.
        let type = type(of: value)
        if Self.literalTypes.contains(where: { $0 == type }) || type == Double.self && Self.isFinite(text) {
            json.write(literal: text)
        } else {
            json.write(text)
        }
    }

    private static let literalTypes: [any Any.Type] = [Int.self, Int64.self, UInt64.self, Bool.self]

    /// Whether the description of a `Double` is that of a number: `inf` and `nan` are none to JSON.
    private static func isFinite(_ description: String) -> Bool {
        description.utf8.last.map { $0 <= UInt8(ascii: "9") } ?? false
    }
}
