import Foundation

@testable import HTTPAPI

/// Checks JSON against a schema, as far as the schemas of the API go, and remembers which properties it saw.
///
/// A keyword that it doesn't know is a failure, so that nothing is left unchecked unnoticed.
struct SchemaCheck {
    let schemas: JSONDocument
    private(set) var failures: [String] = []
    /// The properties that were seen, as `schema.property`.
    private(set) var seen: Set<String> = []

    init(schemas: JSONDocument = Components.schemas) {
        self.schemas = schemas
    }

    mutating func check(_ value: JSONDocument, against name: String, at path: String = "$") {
        guard let schema = schemas[name] else {
            failures.append("\(path): there is no schema \(name)")
            return
        }
        check(value, schema, named: name, at: path)
    }

    private mutating func check(_ value: JSONDocument, _ schema: JSONDocument, named name: String, at path: String) {
        for (keyword, rule) in schema.members {
            switch keyword {
            case "$ref": check(value, against: String((rule.text ?? "").split(separator: "/").last ?? ""), at: path)
            case "type":
                let type = Self.type(of: value)
                expect(type == rule.text || type == "integer" && rule == "number", "is no \(rule.text ?? "")", path)
            case "enum": expect(rule.elements.contains(value), "is none of the allowed", path)
            case "const": expect(value == rule, "isn't what is allowed", path)
            case "minimum": expect((value.number ?? .min) >= (rule.number ?? .max), "is too small", path)
            case "maxItems": expect(value.elements.count <= (rule.number ?? 0), "has too many", path)
            case "format": expect(rule == "date-time" && Self.isTimestamp(value.text), "is no time", path)
            case "required":
                for member in rule.elements { expect(value[member.text ?? ""] != nil, "lacks \(member)", path) }
            case "properties": checkMembers(value, rule, named: name, at: path)
            case "items":
                for (index, element) in value.elements.enumerated() {
                    check(element, rule, named: name, at: "\(path)[\(index)]")
                }
            case "oneOf": checkOneOf(value, rule.elements, at: path)
            case "additionalProperties":
                for member in value.members.keys where schema["properties"]?[member] == nil {
                    failures.append("\(path): has \(member), which isn't described")
                }
            case "description", "default", "discriminator": break
            default: failures.append("\(path): \(keyword) can't be checked")
            }
        }
    }

    private mutating func checkMembers(
        _ value: JSONDocument,
        _ rules: JSONDocument,
        named name: String,
        at path: String
    ) {
        for (member, rule) in rules.members {
            guard let value = value[member] else { continue }
            seen.insert("\(name).\(member)")
            check(value, rule, named: "\(name).\(member)", at: "\(path).\(member)")
        }
    }

    private mutating func checkOneOf(_ value: JSONDocument, _ alternatives: [JSONDocument], at path: String) {
        let attempts = alternatives.map { alternative in
            var attempt = SchemaCheck(schemas: schemas)
            attempt.check(value, alternative, named: "", at: path)
            return attempt
        }
        let matching = attempts.filter(\.failures.isEmpty)
        expect(matching.count == 1, "matches \(matching.count) alternatives: \(attempts.flatMap(\.failures))", path)
        for attempt in matching { seen.formUnion(attempt.seen) }
    }

    private mutating func expect(_ condition: Bool, _ words: String, _ path: String) {
        if !condition { failures.append("\(path): \(words)") }
    }

    private static func type(of value: JSONDocument) -> String {
        switch value {
        case .object: "object"
        case .array: "array"
        case .string: "string"
        case .integer: "integer"
        case .number: "number"
        case .boolean: "boolean"
        case .null: "null"
        }
    }

    private static func isTimestamp(_ text: String?) -> Bool {
        text?.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil
    }
}
