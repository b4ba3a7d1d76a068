/// JSON that is written down in code: schemas, and the OpenAPI document that they stand in.
indirect enum JSONDocument: Sendable, Equatable {
    case object([String: JSONDocument])
    case array([JSONDocument])
    case string(String)
    case integer(Int)
    /// A number that need not be whole.
    case number(Double)
    case boolean(Bool)
    case null
}

extension JSONDocument {
    /// A member of an object; `nil` where there is none, or where this is no object.
    subscript(name: String) -> JSONDocument? {
        get {
            if case .object(let members) = self { members[name] } else { nil }
        }
        set {
            guard case .object(var members) = self else { return }
            members[name] = newValue
            self = .object(members)
        }
    }

    /// The text, where this is one.
    var text: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// This object with the members of another, which win.
    func merging(_ other: JSONDocument) -> JSONDocument {
        guard case .object(let own) = self, case .object(let added) = other else { return other }
        return .object(own.merging(added) { $1 })
    }
}

extension JSONDocument: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral,
    ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral
{
    init(dictionaryLiteral members: (String, JSONDocument)...) {
        self = .object(Dictionary(uniqueKeysWithValues: members))
    }

    init(arrayLiteral elements: JSONDocument...) {
        self = .array(elements)
    }

    init(stringLiteral value: String) {
        self = .string(value)
    }

    init(integerLiteral value: Int) {
        self = .integer(value)
    }

    init(booleanLiteral value: Bool) {
        self = .boolean(value)
    }
}

extension JSONDocument: Encodable {
    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .object(let members): try container.encode(members)
        case .array(let elements): try container.encode(elements)
        case .string(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .boolean(let value): try container.encode(value)
        case .null: try container.encodeNil()
        }
    }
}
