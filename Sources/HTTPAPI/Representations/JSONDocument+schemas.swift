// The parts that schemas of representations are made of.

extension JSONDocument {
    static let timestamp: JSONDocument = ["type": "string", "format": "date-time"]
    static let milliseconds: JSONDocument = ["type": "integer", "minimum": 0]
    static let count: JSONDocument = ["type": "integer", "minimum": 0]

    /// The schema of an object that has exactly these members, all of them unless they are named `optional`.
    static func closedObject(
        _ description: String,
        optional: Set<String> = [],
        _ properties: [String: JSONDocument]
    ) -> JSONDocument {
        [
            "type": "object",
            "description": .string(description),
            "required": .array(properties.keys.filter { !optional.contains($0) }.sorted().map { .string($0) }),
            "properties": .object(properties),
            "additionalProperties": false,
        ]
    }

    /// The schema of an array.
    static func list(of items: JSONDocument, atMost maximum: Int? = nil) -> JSONDocument {
        var schema: JSONDocument = ["type": "array", "items": items]
        if let maximum { schema["maxItems"] = .integer(maximum) }
        return schema
    }

    /// The schema of a text that is one of a few.
    static func oneOf(_ values: [String]) -> JSONDocument {
        ["type": "string", "enum": .array(values.map { .string($0) })]
    }

    /// This schema with words about it.
    func described(_ words: String) -> JSONDocument {
        merging(["description": .string(words)])
    }
}
