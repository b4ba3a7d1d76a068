import EventService

/// Reads the parameters of a list one by one and notes what is wrong with them.
struct ListQueryReader {
    var parameters: QueryParameters
    let documented: ListFields

    /// Where the page starts.
    /// - Parameter sort: What the same query sorts by, which a cursor must fit.
    mutating func start(_ sort: [ListSortKey]) -> ListQuery.Start {
        let offset = parameters.number("offset", in: 0...ListQuery.maximumOffset)
        guard let text = parameters.value(of: "cursor"), !text.isEmpty else {
            return offset.map { .offset($0) } ?? .beginning
        }
        if !parameters.values(of: "offset").isEmpty { refuse("cursor", "can't be combined with offset") }
        guard let cursor = ListCursor(text) else {
            refuse("cursor", "is not a cursor that this API made: start again without it")
            return .beginning
        }
        if !cursor.fits(sort) { refuse("cursor", "was made for another sort: start again without it") }
        return .cursor(cursor)
    }

    /// What to sort by.
    mutating func sort() -> [ListSortKey] {
        // A member that was named before has no effect any more.
        let names = names("sort", atMost: ListQuery.maximumSortKeys, mayRepeat: true) {
            $0.dropFirst($0.isDescending ? 1 : 0)
        }
        for name in names where documented[name.name]?.isArray == true {
            refuse("sort", "\"\(name.name)\" is an array, which nothing can be sorted by")
        }
        return names.map { ListSortKey(field: $0.name, isDescending: $0.text.isDescending) }
    }

    /// The members to return.
    mutating func fields() -> [String] {
        names("fields", atMost: ListQuery.maximumFields) { $0 }.map(\.name)
    }

    /// What must hold.
    mutating func filters() -> [ListFilter] {
        let texts = parameters.values(of: "filter")
        if texts.count > ListQuery.maximumFilters {
            refuse("filter", "may be given at most \(ListQuery.maximumFilters) times")
        }
        return texts.prefix(ListQuery.maximumFilters).compactMap { filter($0) }
    }

    // MARK: - Parts

    private mutating func filter(_ text: String) -> ListFilter? {
        guard let filter = ListFilter(text) else {
            let operations = ListFilter.Operation.allCases.map(\.rawValue).joined(separator: " ")
            return refuse("filter", "must be the name of a member, one of \(operations), and a value")
        }
        guard isShort(filter.field, "filter") else { return nil }
        if documented[filter.field]?.isArray == true, filter.operation != .equal, filter.operation != .notEqual {
            return refuse("filter", "\"\(filter.field)\" is an array, of which only = and != can ask")
        }
        guard filter.value.unicodeScalars.count <= ListFilter.maximumValueLength else {
            return refuse("filter", "a value may have at most \(ListFilter.maximumValueLength) characters")
        }
        return filter
    }

    /// The comma-separated names in a parameter, as they stand there and without what `strip` takes off.
    private mutating func names(
        _ parameter: String,
        atMost limit: Int,
        mayRepeat: Bool = false,
        strip: (Substring.UTF8View) -> Substring.UTF8View
    ) -> [(text: Substring.UTF8View, name: String)] {
        guard let value = parameters.value(of: parameter) else { return [] }
        let parts = value[...].utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        guard parts.count <= limit else {
            refuse(parameter, "may have at most \(limit) names")
            return []
        }
        var result: [(text: Substring.UTF8View, name: String)] = []
        for part in parts {
            let name = String(Substring(strip(part)))
            if name.isEmpty {
                refuse(parameter, "must be names of members with commas between them")
            } else if result.contains(where: { $0.name.utf8.elementsEqual(name.utf8) }) {
                if !mayRepeat { refuse(parameter, "\"\(name)\" is named twice") }
            } else if isShort(name, parameter) {
                result.append((part, name))
            }
        }
        return result
    }

    private mutating func isShort(_ name: String, _ parameter: String) -> Bool {
        if name.utf8.count <= ListQuery.maximumNameLength { return true }
        refuse(parameter, "a name may have at most \(ListQuery.maximumNameLength) bytes")
        return false
    }

    @discardableResult
    private mutating func refuse<Value>(_ parameter: String, _ problem: String) -> Value? {
        parameters.add(problem: problem, with: parameter)
        return nil
    }

    private mutating func refuse(_ parameter: String, _ problem: String) {
        parameters.add(problem: problem, with: parameter)
    }
}

extension ListFilter {
    /// Reads a filter as a query writes it; the name ends where the first operation begins.
    fileprivate init?(_ text: String) {
        let signs = "=!<>~".utf8
        guard let end = text.utf8.firstIndex(where: { signs.contains($0) }), end > text.startIndex else { return nil }
        let rest = text.utf8[end...]
        // The longer ones first: `<=` also begins with `<`.
        let operations = Operation.allCases.sorted { $0.rawValue.count > $1.rawValue.count }
        guard let operation = operations.first(where: { rest.starts(with: $0.rawValue.utf8) }) else { return nil }
        self.init(
            field: String(text[..<end]),
            operation: operation,
            value: String(Substring(rest.dropFirst(operation.rawValue.utf8.count)))
        )
    }
}

extension Substring.UTF8View {
    fileprivate var isDescending: Bool { first == UInt8(ascii: "-") }
}
