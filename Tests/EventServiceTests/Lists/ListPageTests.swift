import EventService
import NIOCore
import TestSupport
import Testing

@Suite("List pages")
struct ListPageTests {
    @Test("a plain query passes on even what is no list, untouched and not counted")
    func plain() async throws {
        let page = try await ListQuery().page(of: ByteBuffer(string: " no list "), fields: .events)
        #expect(page == ListPage(body: ByteBuffer(string: " no list ")))
    }

    @Test("an empty list has empty pages", arguments: ["[]", " [ \n] "])
    func empty(list: String) async throws {
        for start in [.beginning, .offset(0), .offset(7)] as [ListQuery.Start] {
            let query = ListQuery(limit: 5, start: start, sort: [ListSortKey(field: "name")], fields: ["id"])
            let page = try await query.page(of: ByteBuffer(string: list), fields: .events)
            #expect(String(buffer: page.body) == "[]")
            #expect(page.total == 0)
            #expect(page.links.next == nil)
        }
    }

    @Test("fields keeps the order and the bytes of each element's members, repeated ones too")
    func projection() async throws {
        let list = #"""
            [ { "x" : 1 , "n\u0061me" : "\u0041\/é" , "id":"1" }, {"id":"2","events":[ 1 ]},{},{"name":1,"y":{"id":0},"name":2} ]
            """#
        let expected = #"""
            [{"n\u0061me" : "\u0041\/é","id":"1"},{"id":"2"},{},{"name":1,"name":2}]
            """#
        #expect(try await text(ListQuery(fields: ["id", "name"]), list) == expected)
    }

    @Test("reads nothing outside the buffer's readable bytes")
    func readableBytes() async throws {
        var list = ByteBuffer(string: #"]],[{"id":"2"},{"id":"1"}],[x"#)
        list.moveReaderIndex(forwardBy: 3)
        list.moveWriterIndex(to: list.writerIndex - 3)
        let query = ListQuery(sort: [ListSortKey(field: "id")])
        #expect(String(buffer: try await query.page(of: list, fields: .events).body) == #"[{"id":"1"},{"id":"2"}]"#)
    }

    @Test("of a member that comes twice, the last counts, however its name is written")
    func duplicates() async throws {
        let list = #"[{"name":"b","\u006eame":"d"},{"name":"c"},{"name":"e","nam\u0065":null}]"#
        let sorted = #"[{"name":"c"},{"name":"b","\u006eame":"d"},{"name":"e","nam\u0065":null}]"#
        #expect(try await text(ListQuery(sort: [ListSortKey(field: "name")]), list) == sorted)
        let query = ListQuery(filters: [ListFilter(field: "name", operation: .equal, value: "d")])
        #expect(try await text(query, list) == #"[{"name":"b","\u006eame":"d"}]"#)
    }

    @Test("sorts numbers, strings, booleans, and what is missing last in either direction")
    func typesInOrder() async throws {
        let values = [
            "-1e400", "-2", "-0", "0.0", "1e-400", "0.5", "10", "1e400", #""""#, #""\u0000""#, #""A""#, #""a""#,
            #""aaaaaaaa""#, #""aaaaaaaa\u0000""#, #""aaaaaaaab""#, #""é""#, #""\ufffd""#, #""😀""#, "false", "true",
        ]
        let elements = (values + ["null", "[1]", "{}"]).map { #"{"n":\#($0)}"# } + ["{}"]
        var random = SplitMix64(seed: 1)
        for _ in 0..<20 {
            let shuffled = elements.shuffled(using: &random)
            // What is the same stays in the list's order.
            let zeros = shuffled.filter { elements[2..<5].contains($0) }
            let rest = shuffled.filter { elements[values.count...].contains($0) }
            let (low, high) = (Array(elements[..<2]), Array(elements[5..<values.count]))
            let ascending = try await texts(ListQuery(sort: [ListSortKey(field: "n")]), shuffled)
            #expect(ascending == low + zeros + high + rest)
            let descending = try await texts(ListQuery(sort: [ListSortKey(field: "n", isDescending: true)]), shuffled)
            #expect(descending == high.reversed() + zeros + low.reversed() + rest)
        }
    }

    @Test("compares the first 256 bytes of a string, without cutting a character")
    func longStrings() async throws {
        let long = String(repeating: "x", count: 255)
        // The first two differ in byte 257; of é the 256th byte is only half.
        let elements = ["xb", "xa", "éb", "éa", "w"].map { #"{"n":"\#(long)\#($0)"}"# }
        let sorted = try await texts(ListQuery(sort: [ListSortKey(field: "n")]), elements)
        #expect(sorted == [2, 3, 4, 0, 1].map { elements[$0] })
    }

    @Test("links of offsets lead to the pages around, the last one included")
    func offsetLinks() async throws {
        let list = "[" + Array(repeating: "{}", count: 10).joined(separator: ",") + "]"
        let expected: [(offset: Int, previous: Int?, next: Int?, last: Int)] = [
            (0, nil, 4, 8), (4, 0, 8, 8), (8, 4, nil, 8), (1, 0, 5, 9), (5, 1, 9, 9), (6, 2, nil, 6), (50, 6, nil, 6),
            (1_000_000, 8, nil, 8),
        ]
        for (offset, previous, next, last) in expected {
            let query = ListQuery(limit: 4, start: .offset(offset))
            let links = try await query.page(of: ByteBuffer(string: list), fields: .events).links
            #expect(
                links
                    == ListPage.Links(
                        first: .offset(0),
                        previous: previous.map { .offset($0) },
                        next: next.map { .offset($0) },
                        last: .offset(last)
                    ),
                "offset \(offset)"
            )
        }
    }

    @Test("there are no links without a limit")
    func unlimited() async throws {
        let query = ListQuery(start: .offset(1))
        let page = try await query.page(of: ByteBuffer(string: "[{},{}]"), fields: .events)
        #expect(page == ListPage(body: ByteBuffer(string: "[{}]"), total: 2))
    }

    @Test(
        "what is no array of objects is the events API's fault",
        arguments: ["{}", "[1]", "[{}", "[{},]", "[{}]x", "[null]"]
    )
    func badList(list: String) async throws {
        for query in [ListQuery(limit: 1), ListQuery(sort: [ListSortKey(field: "id")])] {
            let error = try await #require(throws: ServiceError.self) {
                _ = try await query.page(of: ByteBuffer(string: list), fields: .events)
            }
            #expect(error.kind == .badUpstream)
        }
    }

    @Test("ends where its task is cancelled")
    func cancelled() async throws {
        let element = #"{"id":"\#(String(repeating: "x", count: 300_000))"}"#
        let list = ByteBuffer(string: "[\(element),\(element)]")
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await ListQuery(limit: 1).page(of: list, fields: .events)
        }
        let error = await #expect(throws: ServiceError.self) { try await task.value }
        #expect(error?.kind == .cancelled)
    }

    private func text(_ query: ListQuery, _ list: String) async throws -> String {
        String(buffer: try await query.page(of: ByteBuffer(string: list), fields: .events).body)
    }

    private func texts(_ query: ListQuery, _ elements: [String]) async throws -> [String] {
        let list = ByteBuffer(string: "[" + elements.joined(separator: ",") + "]")
        return try elementTexts(try await query.page(of: list, fields: ListQueryModelTests.fields).body)
    }
}
