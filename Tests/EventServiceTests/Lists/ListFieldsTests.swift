import EventService
import NIOCore
import Testing

@Suite("Members that a list query names")
struct ListFieldsTests {
    private let list = ByteBuffer(string: #"[{"id":"1"},{"id":"2","c\u006flor":"red","color":"blue"}]"#)

    @Test("may be undocumented where some element has them")
    func undocumented() async throws {
        let sorted = ListQuery(sort: [ListSortKey(field: "color")], fields: ["color"])
        #expect(
            String(buffer: try await sorted.page(of: list, fields: .events).body)
                == #"[{"c\u006flor":"red","color":"blue"},{}]"#
        )
        let filtered = ListQuery(filters: [ListFilter(field: "color", operation: .equal, value: "blue")])
        #expect(try await filtered.page(of: list, fields: .events).total == 1)
    }

    @Test("may be documented without being there")
    func documented() async throws {
        let query = ListQuery(
            sort: [ListSortKey(field: "name")],
            fields: ["location"],
            filters: [ListFilter(field: "userId", operation: .notEqual, value: "1")]
        )
        #expect(String(buffer: try await query.page(of: list, fields: .events).body) == "[{},{}]")
    }

    @Test("are refused where nothing has them, all of them at once, an element that the filters leave out included")
    func unknown() async throws {
        let query = ListQuery(
            sort: [ListSortKey(field: "size"), ListSortKey(field: "id")],
            fields: ["id", "colour", "Color"],
            filters: [
                ListFilter(field: "color", operation: .equal, value: "green"),
                ListFilter(field: "c", operation: .equal, value: ""),
            ]
        )
        let error = try await #require(throws: ServiceError.self) {
            _ = try await query.page(of: list, fields: .users)
        }
        let documented = "documented are id, name, email, username, events"
        #expect(error.kind == .invalid)
        #expect(error.message == "the query is not valid: see sort, fields, filter")
        #expect(
            error.fields == [
                .init(field: "sort", message: #"no element has "size": \#(documented)"#),
                .init(field: "fields", message: #"no element has "colour", "Color": \#(documented)"#),
                .init(field: "filter", message: #"no element has "c": \#(documented)"#),
            ]
        )
    }

    @Test("are refused in an empty list unless they are documented")
    func emptyList() async throws {
        let empty = ByteBuffer(string: "[]")
        #expect(try await ListQuery(fields: ["name"]).page(of: empty, fields: .events).total == 0)
        await #expect(throws: ServiceError.self) {
            try await ListQuery(fields: ["color"]).page(of: empty, fields: .events)
        }
    }

    @Test("are told apart by their bytes")
    func spelling() async throws {
        let list = ByteBuffer(string: #"[{"é":1,"\u00e9":2},{"e\u0301":3}]"#)
        let query = ListQuery(fields: ["e\u{301}"])
        #expect(String(buffer: try await query.page(of: list, fields: .events).body) == #"[{},{"e\u0301":3}]"#)
    }
}
