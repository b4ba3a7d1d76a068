import HTTPTypes
import Hummingbird
import NIOCore

/// The description of the API: for programs as OpenAPI, for people as a page.
struct DescriptionRoutes {
    private let document: ByteBuffer

    /// Describes the endpoints, and the ones of the description itself.
    init(describing endpoints: [Endpoint], version: String) {
        let own = Self.endpoints(document: ByteBuffer())
        document = ByteBuffer(encoding: OpenAPIDocument(endpoints: endpoints + own, version: version).json)
    }

    var endpoints: [Endpoint] { Self.endpoints(document: document) }

    private static func endpoints(document: ByteBuffer) -> [Endpoint] {
        [.get("/openapi.json", getOpenAPI) { _, _ in .json(document) }]
    }

    private static let getOpenAPI = Operation(
        id: "getOpenAPI",
        tag: .operating,
        summary: "This description, as OpenAPI 3.1.",
        access: .open,
        answers: [.init(status: 200, description: "The description.", schema: ["type": "object"])]
    )
}
