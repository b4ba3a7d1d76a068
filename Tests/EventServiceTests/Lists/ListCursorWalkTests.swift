import EventService
import Foundation
import NIOCore
import TestSupport
import Testing

/// What following cursors guarantees while the list changes.
@Suite("List cursors in a list that changes")
struct ListCursorWalkTests {
    private typealias Link = KeyPath<ListPage.Links, ListQuery.Start?>

    @Test("return each element that stays exactly once, forwards and backwards", arguments: Array(1...8) as [UInt64])
    func staying(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<60 {
            var list = ChangingList(count: Int.random(in: 0...60, using: &random), using: &random)
            var query = ListQueryModelTests.query(using: &random)
            query.limit = Int.random(in: 1...9, using: &random)
            let unchanged = ListModel(elements: list.elements).all(query).map(\.id)
            let forward = try await walk(query, &list, \.next, using: &random)
            try check(forward, unchanged, list, "\(query)")

            guard let last = forward.last?.start else { continue }
            query.start = last
            let before = ListModel(elements: list.elements)
            let start = try await query.page(of: body(list.elements), fields: ListQueryModelTests.fields)
            guard let previous = start.links.previous else { continue }
            let firstID = try ids(start.body).first
            query.start = previous
            list.touched = []
            let backward = try await walk(query, &list, \.previous, using: &random)
            try check(backward, before.all(query).map(\.id).prefix { $0 != firstID }, list, "backwards, \(query)")
        }
    }

    /// Every element that stayed as it was must be there once, no other twice.
    private func check(
        _ pages: [(start: ListQuery.Start, ids: [String])],
        _ before: some Sequence<String>,
        _ list: ChangingList,
        _ what: String
    ) throws {
        let returned = pages.flatMap(\.ids).filter { !list.touched.contains($0) }
        try #require(Set(returned).count == returned.count, "something came twice: \(what)")
        let stayed = before.filter { !list.touched.contains($0) }
        try #require(Set(stayed).subtracting(returned).isEmpty, "something was skipped: \(what)")
    }

    private func walk(
        _ query: ListQuery,
        _ list: inout ChangingList,
        _ link: Link,
        using random: inout SplitMix64
    ) async throws -> [(start: ListQuery.Start, ids: [String])] {
        var query = query
        var result: [(start: ListQuery.Start, ids: [String])] = []
        while result.count < 300 {
            let page = try await query.page(of: body(list.elements), fields: ListQueryModelTests.fields)
            result.append((query.start, try ids(page.body)))
            guard let next = page.links[keyPath: link] else { return result }
            query.start = next
            list.change(using: &random)
        }
        Issue.record("the links don't end")
        return result
    }

    @Test("goes on behind the elements that went, as long as one of the sixteen before is there, or there were no more")
    func anchors() async throws {
        #expect(try await idsBehind(20, of: 40, removing: 5..<20) == ["20", "21", "22"])
        #expect(try await idsBehind(10, of: 40, removing: 0..<10) == ["10", "11", "12"])
        #expect(try await idsBehind(16, of: 40, removing: 0..<16) == ["16", "17", "18"])
    }

    @Test("without any of the sixteen goes on at the place where they stood")
    func noAnchor() async throws {
        #expect(try await idsBehind(20, of: 40, removing: 4..<20) == ["36", "37", "38"])
    }

    /// The first three elements of the page behind the first `count`, after some were removed.
    private func idsBehind(_ count: Int, of total: Int, removing: Range<Int>) async throws -> [String] {
        var random = SplitMix64(seed: 1)
        var elements = (0..<total).map { ModelElement(id: "\($0)", using: &random) }
        let page = try await ListQuery(limit: count).page(of: body(elements), fields: .events)
        elements.removeSubrange(removing)
        let query = ListQuery(limit: 3, start: try #require(page.links.next))
        return try ids(try await query.page(of: body(elements), fields: .events).body)
    }

    @Test("finds its place by an element that the filters don't let through any more")
    func filteredAnchor() async throws {
        let elements = { (name: String) in #"{"id":"1","name":"\#(name)"},{"id":"2","name":"a"},{"id":"3","name":"a"}]"#
        }
        var query = ListQuery(limit: 1, filters: [ListFilter(field: "name", operation: .equal, value: "a")])
        let page = try await query.page(of: ByteBuffer(string: "[" + elements("a")), fields: .events)
        query.start = try #require(page.links.next)
        let changed = ByteBuffer(string: #"[{"id":"0","name":"a"},"# + elements("b"))
        #expect(try ids(try await query.page(of: changed, fields: .events).body) == ["2"])
    }

    @Test("isn't misled by an element whose values changed, wherever it went")
    func movedAnchor() async throws {
        var query = ListQuery(limit: 2, sort: [ListSortKey(field: "name")])
        let list = #"[{"id":"1","name":"a"},{"id":"2","name":"a"},{"id":"3","name":"a"},{"id":"4","name":"a"}]"#
        query.start = try #require(try await query.page(of: ByteBuffer(string: list), fields: .events).links.next)
        let changed = #"[{"id":"1","name":"a"},{"id":"3","name":"a"},{"id":"4","name":"a"},{"id":"2","name":"b"}]"#
        #expect(try ids(try await query.page(of: ByteBuffer(string: changed), fields: .events).body) == ["3", "4"])
    }

    @Test("works by place where elements have no id, an id of no text, or one that is too long for a cursor")
    func unusableIDs() async throws {
        let long = String(repeating: "x", count: 1025)
        for id in ["", #""id":null,"#, #""id":{},"#, #""id":"\#(long)","#] {
            let elements = (0..<5).map { #"{\#(id)"n":\#($0)}"# }
            let list = ByteBuffer(string: "[" + elements.joined(separator: ",") + "]")
            let walked = try await pages(ListQuery(limit: 2), of: list, \.next)
            #expect(walked.flatMap(\.elements) == elements)
        }
    }

    @Test("takes numbers for ids")
    func numericIDs() async throws {
        let list = ByteBuffer(string: #"[{"id":1},{"id":2},{"id":3}]"#)
        let page = try await ListQuery(limit: 2).page(of: list, fields: .events)
        let changed = ByteBuffer(string: #"[{"id":0},{"id":1},{"id":2},{"id":3}]"#)
        let next = ListQuery(limit: 2, start: try #require(page.links.next))
        #expect(String(buffer: try await next.page(of: changed, fields: .events).body) == #"[{"id":3}]"#)
    }

    private struct Identified: Decodable {
        let id: String
    }

    private func ids(_ page: ByteBuffer) throws -> [String] {
        try JSONDecoder().decode([Identified].self, from: Data(page.readableBytesView)).map(\.id)
    }
}

/// A list whose elements come, go and change, but keep the order of those that stay.
private struct ChangingList {
    var elements: [ModelElement]
    /// Those that came, went or changed.
    var touched: Set<String> = []
    private var count: Int

    init(count: Int, using random: inout SplitMix64) {
        elements = ListQueryModelTests.elements(count, using: &random)
        self.count = count
    }

    /// Removes at most five elements, changes at most one, and adds at most three.
    mutating func change(using random: inout SplitMix64) {
        for _ in 0..<random.next() % 6 where !elements.isEmpty {
            touched.insert(elements.remove(at: Int.random(in: 0..<elements.count, using: &random)).id)
        }
        if random.next() % 2 == 0, !elements.isEmpty {
            let index = Int.random(in: 0..<elements.count, using: &random)
            touched.insert(elements[index].id)
            elements[index] = ModelElement(id: elements[index].id, using: &random)
        }
        guard count < 200 else { return }
        for _ in 0..<random.next() % 4 {
            let index = Int.random(in: 0...elements.count, using: &random)
            elements.insert(ModelElement(id: "new-\(count)", using: &random), at: index)
            count += 1
        }
    }
}
