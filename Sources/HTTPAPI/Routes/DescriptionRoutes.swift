import HTTPTypes
import Hummingbird
import NIOCore

/// The description of the API: for programs as OpenAPI, for people as a page.
struct DescriptionRoutes {
    private let document: ByteBuffer
    private let page: ByteBuffer

    /// Describes the endpoints, and the ones of the description itself.
    init(describing endpoints: [Endpoint], version: String) {
        let own = Self.endpoints(document: ByteBuffer(), page: ByteBuffer())
        let description = OpenAPIDocument(endpoints: endpoints + own, version: version)
        document = ByteBuffer(encoding: description.json)
        page = DocumentationPage(document: description).html
    }

    var endpoints: [Endpoint] { Self.endpoints(document: document, page: page) }

    private static func endpoints(document: ByteBuffer, page: ByteBuffer) -> [Endpoint] {
        [
            .get("/openapi.json", getOpenAPI) { _, _ in .json(document) },
            .get("/docs", getDocumentation) { _, _ in
                Response(status: .ok, headers: pageHeaders, body: ResponseBody(byteBuffer: page))
            },
        ]
    }

    /// The page needs its stylesheet and nothing else, so a browser is to refuse everything else.
    private static let pageHeaders: HTTPFields = [
        .contentType: "text/html; charset=utf-8",
        .contentSecurityPolicy:
            "default-src 'none'; style-src \(Stylesheet.hash); img-src data:; base-uri 'none'; form-action 'none'; "
            + "frame-ancestors 'none'",
        .xContentTypeOptions: "nosniff",
        .cacheControl: "no-cache",
    ]

    private static let getOpenAPI = Operation(
        id: "getOpenAPI",
        tag: .operating,
        summary: "This description, as OpenAPI 3.1.",
        access: .open,
        answers: [.init(status: 200, description: "The description.", schema: ["type": "object"])]
    )

    private static let getDocumentation = Operation(
        id: "getDocumentation",
        tag: .operating,
        summary: "This description, as a page.",
        access: .open,
        answers: [
            .init(status: 200, description: "The page.", mediaType: "text/html", schema: ["type": "string"])
        ]
    )
}
