import EventService
import HTTPTypes
import Hummingbird
import NIOCore

/// A request for a list: what it asks for, and the answer to it.
struct ListRequest {
    /// The elements of a page under `/v1` where the request sets no limit.
    static let defaultLimit = 50

    /// The longest list that is looked through where connections are read from, in bytes: well under a millisecond.
    private static let maximumPromptSize = 16 * 1024

    private let request: Request
    private let parameters: QueryParameters
    private let query: ListQuery
    private let fields: ListFields

    /// Whether what can't be read is left out, on a route that takes `partial`.
    let isPartial: Bool

    /// Which clients a route is for.
    enum Audience {
        /// Those of `/v1`: pages unless they ask for more, and a parameter that isn't known is refused.
        case v1
        /// Those of an original route: everything unless they ask for less, and a parameter that isn't known is left alone,
        /// since they may send anything.
        case original
    }

    /// Reads what a request asks for.
    /// - Parameter takesPartial: Whether the route takes `partial` as well.
    /// - Throws: `ServiceError` of kind `invalid` with every parameter that is wrong.
    init(
        _ request: Request,
        for audience: Audience = .v1,
        fields: ListFields,
        takesPartial: Bool = false
    ) throws(ServiceError) {
        let otherNames = takesPartial ? ["partial"] : []
        var parameters = QueryParameters(request.uri.query)
        if audience == .original { parameters = parameters.only(ListQuery.parameterNames + otherNames) }
        isPartial = takesPartial && parameters.flag("partial")
        query = try ListQuery(
            parameters,
            fields: fields,
            defaultLimit: audience == .v1 ? Self.defaultLimit : nil,
            otherNames: otherNames
        )
        self.parameters = parameters
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
        let page = try await page(of: answer.body)
        if isKnown { return response }
        response.body = ResponseBody(byteBuffer: page.body)
        response.headers.append(contentsOf: page.headers(query, parameters))
        return response
    }

    private func page(of list: ByteBuffer) async throws -> ListPage {
        guard list.readableBytes > Self.maximumPromptSize else { return try await query.page(of: list, fields: fields) }
        return try await inPool { [query, fields] in try await query.page(of: list, fields: fields) }
    }
}
