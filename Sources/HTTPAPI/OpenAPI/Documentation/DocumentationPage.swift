import Hummingbird
import NIOCore

/// The description of the API as a page for people: one file that needs neither scripts nor anything from elsewhere.
struct DocumentationPage {
    let document: OpenAPIDocument

    var html: ByteBuffer {
        let language = "en"
        return ByteBuffer(string: HTML.tag("html", ["lang": language], head, pageBody).page)
    }

    private var head: HTML {
        .tag(
            "head",
            [:],
            .tag("meta", ["charset": "utf-8"]),
            .tag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
            .tag("meta", ["name": "color-scheme", "content": "light dark"]),
            .tag("title", [:], "Evenkeel API"),
            // Without it browsers ask for /favicon.ico.
            .tag("link", ["rel": "icon", "href": "data:,"]),
            .style(Stylesheet.text)
        )
    }

    private var pageBody: HTML {
        .tag(
            "body",
            [:],
            .link("#main", "Skip to the contents").withClass("skip"),
            .tag("header", [:], .tag("h1", [:], "Evenkeel API"), .tag("p", [:], .text("Version \(document.version)"))),
            navigation,
            .tag("main", ["id": "main"], introduction, .group(tags.map(section)), problems, headers, schemas)
        )
    }

    /// The tags that have operations.
    private var tags: [Operation.Tag] {
        Operation.Tag.allCases.filter { tag in document.endpoints.contains { $0.operation.tag == tag } }
    }

    private func endpoints(of tag: Operation.Tag) -> [Endpoint] {
        document.endpoints.filter { $0.operation.tag == tag }
    }

    private var navigation: HTML {
        let operations = tags.map { tag in
            HTML.tag(
                "li",
                [:],
                .link("#tag-\(tag.rawValue)", .text(tag.title)),
                .element("ul", attributes: [], endpoints(of: tag).map(entry))
            )
        }
        let rest = [("problems", "Problems"), ("headers", "Headers"), ("schemas", "Schemas")].map { id, title in
            HTML.tag("li", [:], .link("#\(id)", .text(title)))
        }
        return .tag(
            "nav",
            ["aria-label": "Contents"],
            .tag(
                "details",
                ["open": ""],
                .tag("summary", [:], "Contents"),
                .element("ul", attributes: [], operations + rest)
            )
        )
    }

    private func entry(_ endpoint: Endpoint) -> HTML {
        .tag("li", [:], .link("#\(endpoint.operation.id)", [.method(endpoint.method), " ", .path(endpoint.path)]))
    }

    private var introduction: HTML {
        .tag(
            "section",
            ["aria-label": "Introduction"],
            .prose(OpenAPIDocument.introduction),
            .tag(
                "p",
                [:],
                "For programs the same description is ",
                .link("/openapi.json", "OpenAPI 3.1"),
                ". The examples ask the API at ",
                .code("$EVENKEEL"),
                ":"
            ),
            .example("EVENKEEL=http://127.0.0.1:3000")
        )
    }

    private func section(_ tag: Operation.Tag) -> HTML {
        .section(
            id: "tag-\(tag.rawValue)",
            title: tag.title,
            [.tag("p", [:], .text(tag.words)), .group(endpoints(of: tag).map(HTML.operation))]
        )
    }

    private var problems: HTML {
        let problems = Components.responses.members.sorted { $0.key < $1.key }.map { status, response in
            HTML.group([
                .tag("dt", ["id": "problem-\(status)"], .code(status)),
                .tag("dd", [:], .spans(response["description"]?.text ?? "")),
            ])
        }
        return .section(
            id: "problems",
            title: "Problems",
            [
                .tag("p", [:], "Every one of them is a ", .link("#schema-Problem", .code("Problem")), "."),
                .element("dl", attributes: [], problems),
            ]
        )
    }

    private var headers: HTML {
        let headers = Components.headers.members.sorted { $0.key < $1.key }.map { name, header in
            HTML.group([
                .tag("dt", ["id": "header-\(name)"], .code(name)),
                .tag("dd", [:], .spans(header["description"]?.text ?? "")),
            ])
        }
        return .section(id: "headers", title: "Headers of answers", [.element("dl", attributes: [], headers)])
    }

    private var schemas: HTML {
        let schemas = Components.schemas.members.sorted { $0.key < $1.key }.map { name, schema in
            HTML.tag(
                "section",
                ["id": "schema-\(name)", "class": "card", "aria-labelledby": "title-schema-\(name)"],
                .tag(
                    "h3",
                    ["id": "title-schema-\(name)"],
                    .link("#schema-\(name)", .text(name)),
                    " ",
                    .type(ofNamed: schema)
                ),
                .prose(schema["description"]?.text ?? ""),
                .members(of: schema)
            )
        }
        return .section(id: "schemas", title: "Schemas", [.group(schemas)])
    }
}

extension Operation.Tag {
    fileprivate var title: String {
        switch self {
        case .users: "Users"
        case .events: "Events"
        case .outbox: "The outbox"
        case .breakers: "Breakers"
        case .timeline: "Timeline"
        case .operating: "Operating"
        case .original: "The original routes"
        }
    }
}
