import HTTPTypes

/// The OpenAPI 3.1 document of some endpoints.
struct OpenAPIDocument {
    let endpoints: [Endpoint]
    let version: String

    var json: JSONDocument {
        [
            "openapi": "3.1.0",
            "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
            "info": [
                "title": "Evenkeel",
                "version": .string(version),
                "summary": "An event management service that stays upright when the API behind it does not.",
                "description": .string(Self.introduction),
                "license": ["name": "Apache 2.0", "identifier": "Apache-2.0"],
            ],
            "servers": [["url": "/"]],
            "tags": .array(
                Operation.Tag.allCases.map { ["name": .string($0.rawValue), "description": .string($0.words)] }
            ),
            "paths": paths,
            "components": [
                "schemas": Components.schemas,
                "headers": Components.headers,
                "responses": Components.responses,
                "securitySchemes": [
                    "bearer": [
                        "type": "http", "scheme": "bearer",
                        "description": .string(Self.tokens),
                    ]
                ],
            ],
        ]
    }

    static let introduction = """
        Every error is a problem (RFC 9457). A `503` says in `Retry-After` when to ask again, where that is known: after \
        that many seconds the same request is worth repeating, before them it is not. Adding an event is safe to repeat as \
        long as the body carries its `id`: the same id is the same event; or as long as the request carries the same `Idempotency-Key`.
        """

    private static let tokens = """
        A token of the file that API_TOKENS_FILE names, where there is one; an operation names the scope that it has to have. \
        Without such a file none is needed; then operations of the scope `admin` are on only where the service listens on \
        loopback.
        """

    private var paths: JSONDocument {
        let byPath = Dictionary(grouping: endpoints, by: \.path)
        return .object(
            byPath.mapValues { endpoints in
                .object(
                    Dictionary(
                        uniqueKeysWithValues: endpoints.map { ($0.method.rawValue.lowercased(), $0.operation.json) }
                    )
                )
            }
        )
    }
}

extension Operation.Tag {
    /// What stands under the heading.
    var words: String {
        switch self {
        case .users: "Users and their events."
        case .events: "Events, and adding them."
        case .outbox: "The events that were accepted for later: what has come of them, and what to do with them."
        case .breakers: "The circuit breakers, one for each route of the events API."
        case .timeline: "What happened lately, and what happens now."
        case .operating: "Health, metrics, and this description."
        case .original: "The routes of the original service, in the shapes that its clients know."
        }
    }
}

extension Operation {
    fileprivate var json: JSONDocument {
        var json: JSONDocument = [
            "operationId": .string(id), "tags": [.string(tag.rawValue)], "summary": .string(summary),
            "responses": responses,
        ]
        if !description.isEmpty { json["description"] = .string(description) }
        let parameters = parameters + (isCached ? [.ifNoneMatch, .cacheControl] : [])
        if !parameters.isEmpty { json["parameters"] = .array(parameters.map(\.json)) }
        if let requestBody {
            json["requestBody"] = ["required": true, "content": ["application/json": ["schema": requestBody]]]
        }
        json["security"] = access.scope.map { [["bearer": [.string($0.rawValue)]], [:]] } ?? []
        return json
    }

    private var responses: JSONDocument {
        let answers = answers + (isCached ? [.notModified] : [])
        let limitHeaders = access == .open ? [] : Components.limitHeaders
        let own = answers.map { (String($0.status), $0.json(withHeaders: limitHeaders)) }
        let failed = Set(problems + commonProblems).subtracting(answers.map(\.status)).map { status in
            (String(status), ["$ref": "#/components/responses/\(status)"] as JSONDocument)
        }
        return .object(Dictionary(uniqueKeysWithValues: own + failed))
    }

    /// The statuses of the problems that any operation of this kind may have.
    var commonProblems: [Int] {
        [400, 414, 421, 431, 500]
            + (access == .open ? [] : [401, 403, 429])
            + (requestBody == nil ? [] : [408, 413, 415])
            + (asksUpstream ? [502, 503, 504] : [])
    }
}

extension Operation.Parameter {
    fileprivate var json: JSONDocument {
        var json: JSONDocument = [
            "name": .string(name), "in": .string(location.rawValue), "description": .string(description),
            "schema": schema,
        ]
        if location == .path { json["required"] = true }
        if schema["type"] == "array" { json["explode"] = .boolean(isExploded) }
        return json
    }
}

extension Operation.Answer {
    fileprivate func json(withHeaders more: [String]) -> JSONDocument {
        var json: JSONDocument = ["description": .string(description)]
        if let schema { json["content"] = .object([mediaType: ["schema": schema]]) }
        let names = headers + more + ["X-Request-Id", "traceparent"]
        json["headers"] = .object(
            Dictionary(uniqueKeysWithValues: names.map { ($0, ["$ref": "#/components/headers/\($0)"]) })
        )
        return json
    }
}
