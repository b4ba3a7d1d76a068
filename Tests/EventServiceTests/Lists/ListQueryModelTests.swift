import EventService
import NIOCore
import TestSupport
import Testing

@Suite("List queries against a plain model")
struct ListQueryModelTests {
    @Test("give the elements, the bytes and the number that the model gives", arguments: [1, 2, 3, 4] as [UInt64])
    func random(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<400 {
            let model = ListModel(elements: Self.elements(Int.random(in: 0...25, using: &random), using: &random))
            var query = Self.query(using: &random)
            query.limit = random.next() % 3 == 0 ? nil : Int.random(in: 1...9, using: &random)
            let offset = Int.random(in: 0...12, using: &random)
            if random.next() % 2 == 0 { query.start = .offset(offset) }
            try #require(!query.isPlain || query == ListQuery())

            let page = try await query.page(of: body(model.elements), fields: Self.fields)
            guard !query.isPlain else {
                #expect(page == ListPage(body: body(model.elements)))
                continue
            }
            let all = model.all(query)
            let first = query.start == .beginning ? 0 : offset
            let part = all.dropFirst(first).prefix(query.limit ?? all.count)
            try #require(String(buffer: page.body) == "[" + part.map(\.text).joined(separator: ",") + "]", "\(query)")
            try #require(page.total == all.count)
        }
    }

    @Test(
        "following next gives the whole list once, following previous gives it backwards",
        arguments: [5, 6, 7] as [UInt64]
    )
    func walk(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<60 {
            let model = ListModel(elements: Self.elements(Int.random(in: 0...30, using: &random), using: &random))
            var query = Self.query(using: &random)
            query.limit = Int.random(in: 1...7, using: &random)
            if random.next() % 3 == 0 { query.start = .offset(0) }
            let list = body(model.elements)
            let forward = try await pages(query, of: list, \.next)
            let expected = model.all(query).map(\.text)
            try #require(forward.flatMap(\.elements) == expected, "\(query)")
            try #require(forward.allSatisfy { $0.page.total == expected.count && $0.page.links.first != nil })
            guard let last = forward.last?.start else { continue }
            query.start = last
            let backward = try await pages(query, of: list, \.previous)
            try #require(backward.reversed().flatMap(\.elements) == expected, "\(query)")
        }
    }

    @Test("chunks and runs join without a seam")
    func longList() async throws {
        var random = SplitMix64(seed: 8)
        let model = ListModel(elements: Self.elements(9_000, using: &random))
        let list = body(model.elements)
        #expect(list.readableBytes > 2 * 262_144)
        for sort in [[], [ListSortKey(field: "n", isDescending: true), ListSortKey(field: "name")]] {
            let all = model.all(ListQuery(sort: sort))
            for (limit, offset) in [(nil, 0), (10, 0), (1000, 4090), (10, 8_995)] as [(Int?, Int)] {
                let query = ListQuery(limit: limit, start: .offset(offset), sort: sort)
                let page = try await query.page(of: list, fields: Self.fields)
                let part = all.dropFirst(offset).prefix(limit ?? 9_000)
                #expect(String(buffer: page.body) == "[" + part.map(\.text).joined(separator: ",") + "]")
                #expect(page.total == 9_000)
            }
        }
    }

    static let fields = ListFields(["id", "name", "n", "userId"], arrays: ["events"])

    static func elements(_ count: Int, using random: inout SplitMix64) -> [ModelElement] {
        (0..<count).map { ModelElement(id: "id-\($0)", using: &random) }
    }

    /// A random order and random filters.
    static func query(using random: inout SplitMix64) -> ListQuery {
        let names = ["name", "n", "userId", "id"].shuffled(using: &random)
        let keys = names.prefix(Int.random(in: 0...3, using: &random)).map {
            ListSortKey(field: $0, isDescending: random.next() % 2 == 0)
        }
        let filters = (0..<Int(random.next() % 3)).map { _ in filter(using: &random) }
        return ListQuery(sort: keys, filters: random.next() % 2 == 0 ? [] : filters)
    }

    private static func filter(using random: inout SplitMix64) -> ListFilter {
        let operations = ListFilter.Operation.allCases
        let values = ["1", "1.0", "9", "-3", "a", "A", "é", "é", "", "longer", "true", "id-1", "\n", "1x", "01"]
        return ListFilter(
            field: ["name", "n", "userId", "id", "events"][Int.random(in: 0..<5, using: &random)],
            operation: operations[Int.random(in: 0..<operations.count, using: &random)],
            value: values[Int.random(in: 0..<values.count, using: &random)]
        )
    }
}

/// A page, where it starts, and the texts of its elements.
struct WalkedPage {
    let start: ListQuery.Start
    let page: ListPage
    let elements: [String]
}

/// Every page from a query's on, in the order of the links.
func pages(
    _ query: ListQuery,
    of list: ByteBuffer,
    _ link: KeyPath<ListPage.Links, ListQuery.Start?>
) async throws -> [WalkedPage] {
    var query = query
    var result: [WalkedPage] = []
    while result.count < 100 {
        let page = try await query.page(of: list, fields: ListQueryModelTests.fields)
        result.append(WalkedPage(start: query.start, page: page, elements: try elementTexts(page.body)))
        guard let next = page.links[keyPath: link] else { return result }
        query.start = next
    }
    Issue.record("the links don't end")
    return result
}
