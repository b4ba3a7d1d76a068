import EventService
import HTTPTypes

extension ListPage {
    /// The header fields that a page has beside its body: `X-Total-Count`, and `Link` (RFC 8288) to the pages around it.
    ///
    /// Links have the request's own parameters, and are relative to its URL, so that they work behind a proxy that serves the
    /// API under another path. Neither is there for a list that was passed on as it came.
    func headers(_ query: ListQuery, _ parameters: QueryParameters) -> HTTPFields {
        var headers: HTTPFields = [:]
        if let total { headers[.totalCount] = String(total) }
        guard let limit = query.limit else { return headers }
        let others = parameters.encoded(without: ["limit", "offset", "cursor"])
        let common = others.isEmpty ? "limit=\(limit)" : "\(others)&limit=\(limit)"
        let relations = [
            ("first", links.first), ("prev", links.previous), ("next", links.next), ("last", links.last),
        ]
        let values = relations.compactMap { relation, start in
            start.map { "<?\(common)\($0.parameter)>; rel=\"\(relation)\"" }
        }
        if !values.isEmpty { headers[.link] = values.joined(separator: ", ") }
        return headers
    }
}

extension ListQuery.Start {
    fileprivate var parameter: String {
        switch self {
        case .beginning: ""
        case .offset(let offset): "&offset=\(offset)"
        case .cursor(let cursor): "&cursor=\(cursor.text)"
        }
    }
}
