import EventService
import Hummingbird

/// Which events of the outbox are asked for.
struct OutboxListQuery {
    static let limits = 1...200
    static let defaultLimit = 50

    /// What the service is asked.
    private(set) var query = OutboxQuery(limit: defaultLimit)

    private let parameters: QueryParameters

    /// Reads the query.
    /// - Throws: `ServiceError` of kind `invalid` that lists every parameter that is wrong.
    init(_ request: Request) throws(ServiceError) {
        var parameters = QueryParameters(request.uri.query)
        parameters.refuse(otherThan: Self.parameters.map(\.name))
        query.limit = parameters.number("limit", in: Self.limits) ?? Self.defaultLimit
        query.userID = parameters.value(of: "userId")
        if let text = parameters.value(of: "state") {
            let states = text.split(separator: ",", omittingEmptySubsequences: false).map {
                OutboxEntry.State(rawValue: String($0))
            }
            if states.contains(nil) {
                let known = OutboxEntry.State.allCases.map(\.rawValue).joined(separator: ", ")
                parameters.add(problem: "must be some of \(known), with commas between them", with: "state")
            }
            query.states = Set(states.compactMap { $0 })
        }
        if let text = parameters.value(of: "cursor"), !text.isEmpty {
            query.after = Self.position(text)
            if query.after == nil {
                parameters.add(problem: "is not a cursor that this API made: start again without it", with: "cursor")
            }
        }
        try parameters.check()
        self.parameters = parameters
    }

    /// The link to the page that begins behind `position` (RFC 8288), relative as those of other lists are.
    func link(after position: Int64) -> String {
        let others = parameters.encoded(without: ["limit", "cursor"])
        return "<?\(others.isEmpty ? "" : "\(others)&")limit=\(query.limit)&cursor=\(position)>; rel=\"next\""
    }

    private static func position(_ text: String) -> Int64? {
        text.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } ? Int64(text) : nil
    }
}

extension OutboxListQuery {
    static let parameters: [Operation.Parameter] = [
        .limit(limits, default: defaultLimit),
        .cursor,
        .init(
            name: "state",
            description: "Only entries in one of these states.",
            schema: ["type": "array", "minItems": 1, "items": Components.schema("OutboxState")]
        ),
        .init(
            name: "userId",
            description: "Only entries of this user.",
            schema: ["type": "string"]
        ),
    ]
}
