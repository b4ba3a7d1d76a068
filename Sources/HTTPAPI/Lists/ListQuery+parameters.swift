import EventService

extension ListQuery {
    /// The parameters that every list takes.
    static let parameterNames = ["limit", "offset", "cursor", "sort", "fields", "filter"]

    /// The longest query without `cursor`, `offset` and `limit`, percent-encoded, in bytes: links have to hold it and a
    /// cursor.
    static let maximumQueryLength = 4096

    /// Reads what a request asks of a list.
    ///
    /// | parameter | value |
    /// |---|---|
    /// | `limit` | 1…1000 |
    /// | `offset` | 0…1,000,000; not with `cursor` |
    /// | `cursor` | one that a link had, with the same `sort` |
    /// | `sort` | up to 5 names, comma-separated; `-` before one for descending |
    /// | `fields` | up to 50 names, comma-separated |
    /// | `filter` | a name, one of `=` `!=` `<` `<=` `>` `>=` `~`, and a value of up to 200 characters; up to 10 times |
    ///
    /// Each but `filter` once, each name of at most 64 bytes.
    /// - Parameters:
    ///   - fields: What is documented of the list's elements.
    ///   - defaultLimit: The limit where the request sets none; `nil` for no limit.
    ///   - otherNames: Parameters of the route that somebody else reads.
    /// - Throws: `ServiceError` of kind `invalid` with every parameter that is wrong, those included that can't be decoded.
    init(
        _ parameters: QueryParameters,
        fields: ListFields,
        defaultLimit: Int?,
        otherNames: [String] = []
    ) throws(ServiceError) {
        self.init(limit: defaultLimit)
        guard !parameters.isEmpty else { return }
        var reader = ListQueryReader(parameters: parameters, documented: fields)
        reader.parameters.refuse(otherThan: Self.parameterNames + otherNames)
        limit = reader.parameters.number("limit", in: 1...Self.maximumLimit) ?? defaultLimit
        sort = reader.sort()
        self.fields = reader.fields()
        filters = reader.filters()
        start = reader.start(sort)
        if parameters.encoded(without: ["limit", "offset", "cursor"]).utf8.count > Self.maximumQueryLength {
            reader.parameters.add(
                problem: "may have at most \(Self.maximumQueryLength) bytes without limit, offset and cursor",
                with: "query"
            )
        }
        try reader.parameters.check()
    }
}
