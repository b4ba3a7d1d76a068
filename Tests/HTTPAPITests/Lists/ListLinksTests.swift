import EventService
import Foundation
import HTTPTypes
import NIOCore
import Testing

@testable import HTTPAPI

/// A client that knows nothing but RFC 8288 and how URLs are resolved.
@Suite("Links of lists")
struct ListLinksTests {
    private static let list = ByteBuffer(
        string: "[" + (0..<12).map { #"{"id":"\#($0)","name":"é&=\#($0 % 3)"}"# }.joined(separator: ",") + "]"
    )

    @Test(
        "followed from the first to the last give the whole list, and backwards the same",
        arguments: [
            "", "?limit=1", "?limit=5", "?limit=12", "?limit=1000", "?limit=4&offset=0", "?offset=0",
            "?sort=-name&limit=2", "?sort=name,-id&filter=name~%C3%89%26%3D&filter=id!=7&limit=3&partial=true",
            "?filter=name~\u{E9}%26=&limit=3&fields=id", "?limit=3&fields=id&offset=0&sort=name",
        ]
    )
    func followed(query: String) async throws {
        let everything = query.replacing(/limit=\d+&?/, with: "")
        let all = try await ids("/v1/events\(everything)\(everything.isEmpty ? "?" : "&")limit=1000", nil).ids
        #expect(all.count == (query.contains("id!=7") ? 11 : 12))
        let forward = try await ids("/v1/events" + query, "next")
        #expect(forward.ids == all)
        let backward = try await ids(forward.last, "prev", reversed: true)
        #expect(backward.ids.reversed() == all)
        let first = try await answer(backward.last)
        let again = try await answer(resolved(try #require(first.links["first"]), backward.last))
        #expect(again.ids == first.ids)
    }

    @Test("stay relative, keep the other parameters, and name the limit")
    func spelling() async throws {
        let links = try await answer(
            "/v1/events?partial=true&limit=4&sort=name&offset=4&filter=name%3E%3D%22%3C%C3%A9+b%2B"
        ).header
        let common = "?partial=true&sort=name&filter=name%3E%3D%22%3C%C3%A9%20b%2B&limit=4"
        let expected = [("first", 0), ("prev", 0), ("next", 8), ("last", 8)].map { relation, offset in
            "<\(common)&offset=\(offset)>; rel=\"\(relation)\""
        }
        #expect(links == expected.joined(separator: ", "))
        let own = try await answer("/v1/events").header
        #expect(own?.hasPrefix("<?limit=5>; rel=\"first\", <?limit=5&cursor=") == true)
    }

    @Test("by offset lead to offsets, otherwise to cursors, which have no last page")
    func kinds() async throws {
        let offsets = try await answer("/v1/events?limit=4&offset=4").links
        #expect(
            offsets == [
                "first": "?limit=4&offset=0", "prev": "?limit=4&offset=0", "next": "?limit=4&offset=8",
                "last": "?limit=4&offset=8",
            ]
        )
        let first = try await answer("/v1/events?limit=4").links
        #expect(Set(first.keys) == ["first", "next"])
        let second = try await answer(resolved(try #require(first["next"]), "/v1/events")).links
        #expect(Set(second.keys) == ["first", "prev", "next"])
        #expect(second["next"]?.contains("&cursor=") == true)
    }

    @Test("come with the number of all elements that pass; a plain list has neither")
    func total() async throws {
        #expect(try await answer("/v1/events?limit=2&filter=id%3C2").total == "4", "the ids 0, 1, 10 and 11")
        let parameters = QueryParameters(nil)
        let query = try ListQuery(parameters, fields: .events, defaultLimit: nil)
        let page = try await query.page(of: Self.list, fields: .events)
        #expect(page.headers(query, parameters) == [:])
    }

    // MARK: - The client

    private struct Answer {
        let ids: [String]
        let links: [String: String]
        let header: String?
        let total: String?
    }

    private struct Identified: Decodable {
        let id: String
    }

    private func answer(_ url: String) async throws -> Answer {
        let parameters = QueryParameters(url.split(separator: "?").dropFirst().first.map(String.init))
        let query = try ListQuery(parameters, fields: .events, defaultLimit: 5, otherNames: ["partial"])
        let page = try await query.page(of: Self.list, fields: .events)
        let headers = page.headers(query, parameters)
        let header = HTTPField.Name("Link").flatMap { headers[$0] }
        var links: [String: String] = [:]
        for match in (header ?? "").matches(of: /<([^<> "]*)>; rel="([a-z]+)"(, |$)/) {
            links[String(match.2)] = String(match.1)
        }
        let elements = try JSONDecoder().decode([Identified].self, from: Data(page.body.readableBytesView))
        let total = HTTPField.Name("X-Total-Count").flatMap { headers[$0] }
        return Answer(ids: elements.map(\.id), links: links, header: header, total: total)
    }

    private func resolved(_ link: String, _ url: String) throws -> String {
        let base = try #require(URL(string: "http://host" + url))
        let target = try #require(URL(string: link, relativeTo: base)).absoluteString
        return String(target.dropFirst("http://host".count))
    }

    /// The ids on every page, following one relation, and the URL of the last page.
    private func ids(
        _ url: String,
        _ relation: String?,
        reversed: Bool = false
    ) async throws -> (ids: [String], last: String) {
        var (ids, url): ([String], String) = ([], url)
        for _ in 0..<20 {
            let answer = try await answer(url)
            ids += reversed ? answer.ids.reversed() : answer.ids
            guard let next = relation.flatMap({ answer.links[$0] }) else { return (ids, url) }
            url = try resolved(next, url)
        }
        Issue.record("the links don't end")
        return (ids, url)
    }
}
