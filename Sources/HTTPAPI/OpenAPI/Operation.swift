/// What a route does, in the terms of OpenAPI: the document is made from it, and the route is guarded by it.
struct Operation: Sendable {
    /// The name of the operation in generated clients.
    var id: String
    var tag: Tag
    var summary: String
    /// The exact contract, in CommonMark.
    var description = ""
    var access = Access.read
    var parameters: [Parameter] = []
    var requestBody: JSONDocument?
    var answers: [Answer]
    /// The statuses of the problems that are this operation's own; those that every operation may have are added.
    var problems: [Int] = []

    /// A heading that operations stand under.
    enum Tag: String, CaseIterable {
        case users, events, outbox, breakers, timeline, operating, original
    }

    /// Who may ask.
    enum Access: String {
        /// Everybody.
        case open
        /// Whoever may read.
        case read
        /// Whoever may add events.
        case write
        /// Whoever may change how the service behaves.
        case admin
    }

    /// A parameter in the path, the query, or the header.
    struct Parameter: Sendable {
        enum Location: String {
            case path, query, header
        }

        var name: String
        var location = Location.query
        var description: String
        var schema: JSONDocument
        /// Whether an array is given as several parameters of the same name, not as one with commas.
        var isExploded = false
    }

    /// A successful answer.
    struct Answer: Sendable {
        var status: Int
        var description: String
        var mediaType = "application/json"
        /// `nil` for an answer without a body.
        var schema: JSONDocument?
        /// Names of `components/headers`.
        var headers: [String] = []
    }

    /// The names of the query parameters.
    var queryParameters: [String] {
        parameters.filter { $0.location == .query }.map(\.name)
    }

    /// Whether the answer may come from the cache; it is looked for on the event loop.
    var isCached: Bool {
        answers.contains { $0.headers.contains("Cache-Status") }
    }

    /// Whether the operation asks the events API for something, and so fails with it.
    var asksUpstream: Bool {
        isCached || access == .write
    }
}
