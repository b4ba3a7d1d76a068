import EventService

extension Operation {
    static let listContract = """
        `Link` leads to the other pages. Its `next` has a `cursor` unless the request has an `offset`: what comes and goes \
        between two pages then neither repeats nor hides anything that stays. A member that isn't documented here can be \
        named as well, as long as some element has it.
        """
}

extension Operation.Parameter {
    /// How long a page may be.
    /// - Parameter standard: How long it is where a request doesn't say; `nil` for no limit.
    static func limit(_ range: ClosedRange<Int>, default standard: Int?) -> Operation.Parameter {
        var schema: JSONDocument = [
            "type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound),
        ]
        if let standard { schema["default"] = .integer(standard) }
        return .init(name: "limit", description: "The most elements to return.", schema: schema)
    }

    static var cursor: Operation.Parameter {
        .init(
            name: "cursor",
            description: "Where a page begins, as a link of another page has it; empty for the first page.",
            schema: ["type": "string"]
        )
    }
}

extension [Operation.Parameter] {
    /// The parameters that every list takes.
    /// - Parameter defaultLimit: The limit where a request sets none; `nil` for no limit.
    static func list(of fields: ListFields, defaultLimit: Int?) -> [Operation.Parameter] {
        let names = fields.documented.map(\.name)
        let sortable = fields.documented.filter { !$0.isArray }.map(\.name)
        return [
            .limit(1...ListQuery.maximumLimit, default: defaultLimit), offset, .cursor,
            .init(
                name: "sort",
                description: "Members to sort by, the most important first; `-` before one turns it round.",
                schema: [
                    "type": "array", "minItems": 1, "maxItems": .integer(ListQuery.maximumSortKeys),
                    "items": [
                        "type": "string", "enum": .array((sortable + sortable.map { "-" + $0 }).map { .string($0) }),
                    ],
                ]
            ),
            .init(
                name: "fields",
                description: "The members to return.",
                schema: [
                    "type": "array", "minItems": 1, "maxItems": .integer(ListQuery.maximumFields), "uniqueItems": true,
                    "items": ["type": "string", "enum": .array(names.map { .string($0) })],
                ]
            ),
            filter(fields, sortable),
        ]
    }

    private static var offset: Operation.Parameter {
        .init(
            name: "offset",
            description: "How many elements to leave out at the beginning; not together with `cursor`.",
            schema: ["type": "integer", "minimum": 0, "maximum": .integer(ListQuery.maximumOffset)]
        )
    }

    private static func filter(_ fields: ListFields, _ sortable: [String]) -> Operation.Parameter {
        let arrays = fields.documented.filter(\.isArray).map(\.name)
        let values = "(\(sortable.joined(separator: "|")))(=|!=|<=?|>=?|~)"
        let elements = arrays.isEmpty ? "" : "|(\(arrays.joined(separator: "|")))!?="
        return .init(
            name: "filter",
            description: """
                What must hold: a member, one of `=` `!=` `<` `<=` `>` `>=` `~` (contains, whatever the case), and a value, \
                such as `name~party`. Numbers are compared as numbers. Given more than once, all must hold.
                """,
            schema: [
                "type": "array", "maxItems": .integer(ListQuery.maximumFilters),
                "items": [
                    "type": "string",
                    "pattern": .string("^(\(values)\(elements))[\\s\\S]{0,\(ListFilter.maximumValueLength)}$"),
                ],
            ],
            isExploded: true
        )
    }
}
