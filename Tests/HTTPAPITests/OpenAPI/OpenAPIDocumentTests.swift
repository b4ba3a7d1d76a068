import EventServiceTestSupport
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import HTTPAPI

@Suite("The OpenAPI document", .timeLimit(.minutes(3)))
struct OpenAPIDocumentTests {
    private func endpoints() throws -> [Endpoint] {
        try APIHarness(.working()).httpAPI.endpoints
    }

    private func document() throws -> JSONDocument {
        OpenAPIDocument(endpoints: try endpoints(), version: "1.2.3").json
    }

    @Test("describes every route and nothing else")
    func paths() throws {
        guard case .object(let paths) = try document()["paths"] else { throw Missing() }
        var described: Set<String> = []
        for (path, item) in paths {
            guard case .object(let operations) = item else { throw Missing() }
            described.formUnion(operations.keys.map { "\($0.uppercased()) \(path)" })
        }
        #expect(described == Set(try endpoints().map { "\($0.method.rawValue) \($0.path)" }))
    }

    @Test("gives every operation a name of its own")
    func operationNames() throws {
        let names = try endpoints().map(\.operation.id)
        #expect(Set(names).count == names.count)
    }

    @Test("names every segment of a path that varies, and no other")
    func pathParameters() throws {
        for endpoint in try endpoints() {
            let segments = endpoint.path.split(separator: "/").filter { $0.hasPrefix("{") }.map {
                $0.dropFirst().dropLast()
            }
            let parameters = endpoint.operation.parameters.filter { $0.location == .path }.map { $0.name[...] }
            #expect(segments.sorted() == parameters.sorted(), "\(endpoint.path)")
        }
    }

    @Test("refers only to what it has")
    func references() throws {
        let document = try document()
        for reference in references(in: document) {
            let parts = reference.split(separator: "/").dropFirst().map(String.init)
            let target = parts.reduce(document as JSONDocument?) { $0?[$1] }
            #expect(target != nil, "\(reference)")
        }
    }

    @Test("says which scope each operation needs, and that those who may not are told so")
    func security() throws {
        let document = try document()
        for endpoint in try endpoints() {
            let operation = try #require(document["paths"]?[endpoint.path]?[endpoint.method.rawValue.lowercased()])
            let access = endpoint.operation.access
            let isOpen = access == .open
            #expect(operation["security"] == (isOpen ? [] : [["bearer": [.string(access.rawValue)]], [:]]))
            #expect(operation["responses"]?["421"] != nil)
            for status in ["401", "403", "429"] {
                #expect((operation["responses"]?[status] == nil) == isOpen, "\(endpoint.path) \(status)")
            }
            let answer = try #require(endpoint.operation.answers.first)
            let headers = operation["responses"]?[String(answer.status)]?["headers"]
            #expect((headers?["RateLimit"] == nil) == isOpen)
        }
    }

    @Test("is served, with the version of the program")
    func route() async throws {
        let harness = try APIHarness(.working())
        let response = try await harness.answer("/openapi.json")
        #expect(response.status == .ok)
        let json = try #require(
            JSONSerialization.jsonObject(with: Data(response.body.readableBytesView)) as? [String: Any]
        )
        #expect(json["openapi"] as? String == "3.1.0")
        #expect((json["info"] as? [String: Any])?["version"] as? String == harness.configuration.version)
    }

    private struct Missing: Error {}

    private func references(in json: JSONDocument) -> [String] {
        switch json {
        case .object(let members):
            members.flatMap { $0.key == "$ref" ? [$0.value.text ?? ""] : references(in: $0.value) }
        case .array(let elements): elements.flatMap(references)
        default: []
        }
    }
}
