import EventService
import HTTPTypes
import Hummingbird

/// A request for a list: what it asks for, and the answer to it.
struct ListRequest {
    /// The elements of a page under `/v1` where the request sets no limit.
    static let defaultLimit = 50

    private let request: Request
    private let parameters: QueryParameters
    private let query: ListQuery
    private let fields: ListFields

    /// Reads what a request under `/v1` asks for.
    /// - Parameter otherNames: Parameters of the route that somebody else reads.
    /// - Throws: `ServiceError` of kind `invalid` with every parameter that is wrong.
    init(_ request: Request, fields: ListFields, otherNames: [String] = []) throws(ServiceError) {
        parameters = QueryParameters(request.uri.query)
        query = try ListQuery(parameters, fields: fields, defaultLimit: Self.defaultLimit, otherNames: otherNames)
        self.request = request
        self.fields = fields
    }

    /// Reads what a request of an original route asks for: everything unless it says otherwise, and whatever else it says
    /// is left alone, since its clients may send anything.
    init(original request: Request, fields: ListFields) throws(ServiceError) {
        parameters = QueryParameters(request.uri.query).only(ListQuery.parameterNames)
        query = try ListQuery(parameters, fields: fields, defaultLimit: nil)
        self.request = request
        self.fields = fields
    }

    private var namesOnlyDocumented: Bool {
        let names = query.sort.map(\.field) + query.fields + query.filters.map(\.field)
        return names.allSatisfy { fields[$0] != nil }
    }

    /// The part of a list that was asked for; 304 where the client has it already.
    ///
    /// The list's tag is also that of each part: a tag belongs to a URL, and the same URL asks for the same part.
    func response(_ answer: ServiceAnswer) async throws -> Response {
        var response = Response(answer, to: request)
        response.name(missing: answer.missing)
        let isKnown = response.status == .notModified
        // Whether a member is there that isn't documented, only the list can say.
        guard !query.isPlain, !isKnown || !namesOnlyDocumented else { return response }
        let page = try await query.page(of: answer.body, fields: fields)
        if isKnown { return response }
        response.body = ResponseBody(byteBuffer: page.body)
        response.headers.append(contentsOf: page.headers(query, parameters))
        return response
    }
}
