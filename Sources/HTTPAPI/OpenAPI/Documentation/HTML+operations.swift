import HTTPTypes

extension HTML {
    /// Everything about one operation.
    static func operation(_ endpoint: Endpoint) -> HTML {
        let operation = endpoint.operation
        return .tag(
            "section",
            ["id": operation.id, "class": "card", "aria-labelledby": "title-\(operation.id)"],
            .tag(
                "h3",
                ["id": "title-\(operation.id)"],
                .link("#\(operation.id)", [.method(endpoint.method), " ", .path(endpoint.path)])
            ),
            .tag("p", ["class": "summary"], .spans(operation.summary)),
            .prose(operation.description),
            .tag("p", ["class": "note"], .text(operation.access.words)),
            parameters(operation.parameters),
            operation.requestBody.map { part("Body", [.tag("p", [:], .code("application/json"), " ", .type(of: $0))]) }
                ?? [],
            part("Answers", [.element("dl", attributes: [], operation.answers.map(answer))]),
            part("Problems", [problems(operation)]),
            part("Example", [.example(CurlExample(endpoint: endpoint).command)])
        )
    }

    /// A method, marked as such.
    static func method(_ method: HTTPRequest.Method) -> HTML {
        .tag("span", ["class": "method \(method.rawValue.lowercased())"], .text(method.rawValue))
    }

    /// A path, which may be broken behind its slashes where there is little room.
    static func path(_ path: String) -> HTML {
        let segments = path.split(separator: "/").flatMap { [.tag("wbr"), .text("/\($0)")] as [HTML] }
        return .element("code", attributes: [], segments)
    }

    /// Commands to be copied.
    static func example(_ command: String) -> HTML {
        .tag("pre", ["tabindex": "0", "aria-label": "Commands"], .code(command))
    }

    /// A part of the page with a heading that links to it.
    static func section(id: String, title: String, _ content: [HTML]) -> HTML {
        .element(
            "section",
            attributes: [("id", id), ("aria-labelledby", "title-\(id)")],
            [.tag("h2", ["id": "title-\(id)"], .link("#\(id)", .text(title)))] + content
        )
    }

    /// The type of a schema that has a name, of which only a plain one is worth words beside it.
    static func type(ofNamed schema: JSONDocument) -> HTML {
        .tag("span", ["class": "type"], schema["type"] == nil ? [] : .type(of: schema))
    }

    /// This element with a class.
    func withClass(_ name: String) -> HTML {
        guard case .element(let element, let attributes, let content) = self else { return self }
        return .element(element, attributes: attributes + [("class", name)], content)
    }

    private static func part(_ title: String, _ content: [HTML]) -> HTML {
        .group([.tag("h4", [:], .text(title))] + content)
    }

    private static func parameters(_ parameters: [Operation.Parameter]) -> HTML {
        guard !parameters.isEmpty else { return [] }
        let definitions = parameters.map { parameter in
            definition(
                .code(parameter.name),
                ["in the \(parameter.location.rawValue), ", .type(of: parameter.schema)],
                isRequired: parameter.location == .path,
                .spans(parameter.description)
            )
        }
        return part("Parameters", [.element("dl", attributes: [], definitions)])
    }

    private static func answer(_ answer: Operation.Answer) -> HTML {
        let type: HTML = answer.schema.map { [.code(answer.mediaType), " ", .type(of: $0)] } ?? "without a body"
        let headers = answer.headers.map { HTML.link("#header-\($0)", .code($0)) }
        let list = headers.isEmpty ? [] : HTML.group([" Headers: "] + headers.flatMap { [$0, " "] })
        return definition(.code(String(answer.status)), type, isRequired: false, [.spans(answer.description), list])
    }

    private static func problems(_ operation: Operation) -> HTML {
        let own = Set(operation.answers.map(\.status))
        let statuses = Set(operation.problems + operation.commonProblems).subtracting(own).sorted()
        let links = statuses.flatMap { [.link("#problem-\($0)", .code(String($0))), " "] as [HTML] }
        return .element("p", attributes: [], links)
    }
}

extension Operation.Access {
    /// Who may ask, in words.
    fileprivate var words: String {
        switch self {
        case .open: "Open to everybody."
        case .read: "Where tokens are in use: needs the scope read."
        case .write: "Where tokens are in use: needs the scope write."
        case .admin: "Where tokens are in use: needs the scope admin."
        }
    }
}
