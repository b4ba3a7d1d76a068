import EventService
import NIOCore
import Testing

@Suite("List filters")
struct ListFilterTests {
    @Test(
        "compare numbers as numbers and everything else as text",
        arguments: [
            ("10", .greater, "9", true), ("10", .equal, "1e1", true), ("10", .equal, "010", false),
            ("10", .equal, " 10", false), ("10", .less, "9x", true), ("1e400", .equal, "1e500", true),
            (#""10""#, .greater, "9", false), (#""10""#, .equal, "1e1", false), (#""\u0041""#, .equal, "A", true),
            ("true", .equal, "true", true), ("true", .equal, "1", false), ("true", .less, "trud", false),
            (#""é""#, .equal, "e\u{301}", false), (#""\uffff""#, .less, "😀", true), (#""a""#, .lessOrEqual, "a", true),
            (#""a""#, .greaterOrEqual, "a", true), (#""a""#, .less, "a", false), (#""a""#, .greater, "a", false),
            (#""Summer PARTY""#, .contains, "part", true), ("1250", .contains, "25", true),
            ("false", .contains, "ALS", true),
        ] as [(String, ListFilter.Operation, String, Bool)]
    )
    func comparing(member: String, operation: ListFilter.Operation, value: String, holds: Bool) async throws {
        let list = #"[{"n":\#(member)}]"#
        #expect(try await count(ListFilter(field: "n", operation: operation, value: value), list) == (holds ? 1 : 0))
    }

    @Test("of nothing, null and objects only != holds", arguments: ListFilter.Operation.allCases)
    func nothing(operation: ListFilter.Operation) async throws {
        let list = #"[{},{"n":null},{"n":{}},{"n":{"n":""}}]"#
        for value in ["", "null", "{}", "1"] {
            let filter = ListFilter(field: "n", operation: operation, value: value)
            #expect(try await count(filter, list) == (operation == .notEqual ? 4 : 0))
        }
    }

    @Test("ask an array for an element")
    func arrays() async throws {
        let list = #"[{"n":[]},{"n":["a",1.0]},{"n":[["a"],{"a":"a"},null]},{"n":"a"}]"#
        for (operation, value, expected) in [
            (.equal, "a", 2), (.equal, "1", 1), (.notEqual, "a", 2), (.notEqual, "null", 4), (.contains, "a", 1),
            (.less, "b", 1), (.greaterOrEqual, "", 1),
        ] as [(ListFilter.Operation, String, Int)] {
            #expect(try await count(ListFilter(field: "n", operation: operation, value: value), list) == expected)
        }
    }

    @Test("look for a part in the first 64 KiB")
    func searchedLength() async throws {
        for (length, expected) in [(65_535, 1), (65_536, 0)] {
            let list = #"[{"n":"\#(String(repeating: "x", count: length))y"}]"#
            #expect(try await count(ListFilter(field: "n", operation: .contains, value: "Y"), list) == expected)
        }
    }

    @Test("must all hold")
    func all() async throws {
        let list = #"[{"n":1},{"n":2},{"n":3}]"#
        let filters = [
            ListFilter(field: "n", operation: .greater, value: "1"),
            ListFilter(field: "n", operation: .less, value: "3"),
        ]
        let page = try await ListQuery(filters: filters).page(of: ByteBuffer(string: list), fields: ListFields(["n"]))
        #expect(String(buffer: page.body) == #"[{"n":2}]"#)
    }

    private func count(_ filter: ListFilter, _ list: String) async throws -> Int? {
        try await ListQuery(filters: [filter]).page(of: ByteBuffer(string: list), fields: ListFields(["n"])).total
    }
}
