extension HTML {
    /// A schema's type with its limits in one line; what it refers to is linked.
    static func type(of schema: JSONDocument) -> HTML {
        if let name = schema.referenceName { return .link("#schema-\(name)", .code(name)) }
        let limits = schema.limits.joined(separator: ", ")
        return [schema.typeName, .text(limits.isEmpty ? "" : ", \(limits)")]
    }

    /// What a schema has in it: its members, or its alternatives.
    static func members(of schema: JSONDocument) -> HTML {
        let required = schema["required"]?.elements.compactMap(\.text) ?? []
        let members = (schema["properties"]?.members ?? [:]).sorted { $0.key < $1.key }.map { name, member in
            definition(.code(name), type(of: member), isRequired: required.contains(name), words(of: member))
        }
        let alternatives = (schema["oneOf"]?.elements ?? []).map { HTML.tag("li", [:], type(of: $0)) }
        return [
            members.isEmpty ? [] : .element("dl", attributes: [], members),
            alternatives.isEmpty ? [] : ["One of:", .element("ul", attributes: [], alternatives)],
        ]
    }

    /// A name with its type, and what there is to say about it.
    static func definition(_ name: HTML, _ type: HTML, isRequired: Bool, _ words: HTML) -> HTML {
        [
            .tag(
                "dt",
                [:],
                name,
                " ",
                .tag("span", ["class": "type"], type),
                isRequired ? [" ", .tag("span", ["class": "required"], "required")] : []
            ),
            .tag("dd", [:], words),
        ]
    }

    private static func words(of schema: JSONDocument) -> HTML {
        let nested = schema["items"]?.referenceName == nil ? schema["items"] ?? schema : schema
        return [
            spans(schema["description"]?.text ?? ""),
            schema.referenceName == nil ? members(of: nested) : [],
        ]
    }
}

extension JSONDocument {
    /// The name of the schema that this refers to.
    var referenceName: String? {
        self["$ref"]?.text?.split(separator: "/").last.map(String.init)
    }

    fileprivate var typeName: HTML {
        if let constant = self["const"] { return .code(constant.literal) }
        guard self["type"]?.text == "array" else { return .text(self["type"]?.text ?? "any") }
        return ["array of ", self["items"].map { HTML.type(of: $0) } ?? "any"]
    }

    /// What values are allowed, in words.
    fileprivate var limits: [String] {
        [
            self["format"]?.text,
            self["enum"].map { "one of " + $0.elements.map(\.literal).joined(separator: ", ") },
            range(from: "minimum", to: "maximum", of: ""),
            range(from: "minLength", to: "maxLength", of: " characters"),
            range(from: "minItems", to: "maxItems", of: " elements"),
            self["pattern"].map { "matches \($0.literal)" },
            self["default"].map { "default \($0.literal)" },
        ].compactMap { $0 }
    }

    private func range(from low: String, to high: String, of what: String) -> String? {
        switch (self[low]?.literal, self[high]?.literal) {
        case (nil, nil): nil
        case (let low?, nil): "at least \(low)\(what)"
        case (nil, let high?): "at most \(high)\(what)"
        case (let low?, let high?): "\(low) to \(high)\(what)"
        }
    }
}
