/// The members that a query has to look at in every element.
struct ListColumns {
    /// Their names, each once.
    private(set) var names: [String] = []

    /// Which column each key sorts by.
    private(set) var sort: [Int] = []

    /// Which column each filter looks at.
    private(set) var filters: [Int] = []

    /// The column of the ids, where the query has a cursor.
    private(set) var id: Int?

    /// Which columns stand for names that no documentation mentions, and in which parameters.
    private(set) var undocumented: [(parameter: String, column: Int)] = []

    init(_ query: ListQuery, _ documented: ListFields) {
        sort = query.sort.map { column($0.field, "sort", documented) }
        filters = query.filters.map { column($0.field, "filter", documented) }
        // What is returned needs no look in advance, unless it has to be seen somewhere to be allowed.
        for name in query.fields where documented[name] == nil { _ = column(name, "fields", documented) }
        if case .cursor = query.start { id = column("id") }
    }

    private mutating func column(_ name: String, _ parameter: String, _ documented: ListFields) -> Int {
        let column = column(name)
        if documented[name] == nil { undocumented.append((parameter, column)) }
        return column
    }

    private mutating func column(_ name: String) -> Int {
        if let known = names.firstIndex(where: { $0.hasSameBytes(as: name) }) { return known }
        names.append(name)
        return names.count - 1
    }
}

extension ListColumns {
    /// The error that names every parameter with a member that is neither documented nor in the list; `nil` if there is none.
    /// - Parameter seen: Which columns some element has.
    func error(seen: [Bool], _ documented: ListFields) -> ServiceError? {
        var fields: [ServiceError.FieldError] = []
        for parameter in ["sort", "fields", "filter"] {
            let unknown = undocumented.filter { $0.parameter == parameter && !seen[$0.column] }.map { names[$0.column] }
            guard !unknown.isEmpty else { continue }
            let listed = unknown.map { "\"\($0)\"" }.joined(separator: ", ")
            fields.append(
                .init(field: parameter, message: "no element has \(listed): documented are \(documented.names)")
            )
        }
        return fields.isEmpty ? nil : .wrongParameters(fields)
    }
}

extension ServiceError {
    /// What says which parameters of a query are wrong.
    public static func wrongParameters(_ fields: [FieldError]) -> ServiceError {
        let names = fields.map(\.field).joined(separator: ", ")
        return ServiceError(.invalid, message: "the query is not valid: see \(names)", fields: fields)
    }
}
