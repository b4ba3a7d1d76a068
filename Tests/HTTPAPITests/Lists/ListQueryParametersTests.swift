import EventService
import NIOCore
import Testing

@testable import HTTPAPI

@Suite("Parameters of lists")
struct ListQueryParametersTests {
    @Test(
        "nothing asked for is a plain query, or one with the route's own limit",
        arguments: [nil, "", "&", "&&"]
    )
    func plain(query: String?) throws {
        #expect(try read(query).isPlain)
        #expect(try read(query, defaultLimit: 50) == ListQuery(limit: 50))
    }

    @Test("are all read, in any order and encoding")
    func everything() throws {
        let query = try read(
            "filter=name~p%26+%2B%C3%A9&sort=name,-%73tartsAt&%6Cimit=7&filter=userId=1%3d&fields=id,x&offset=3"
        )
        #expect(
            query
                == ListQuery(
                    limit: 7,
                    start: .offset(3),
                    sort: [ListSortKey(field: "name"), ListSortKey(field: "startsAt", isDescending: true)],
                    fields: ["id", "x"],
                    filters: [
                        ListFilter(field: "name", operation: .contains, value: "p& +é"),
                        ListFilter(field: "userId", operation: .equal, value: "1="),
                    ]
                )
        )
    }

    @Test(
        "a filter's operation is the longest at the first sign; what follows is the value",
        arguments: [
            ("a=b", "a", .equal, "b"), ("a==b", "a", .equal, "=b"), ("a!=b", "a", .notEqual, "b"),
            ("a<b", "a", .less, "b"),
            ("a<=b", "a", .lessOrEqual, "b"), ("a<>b", "a", .less, ">b"), ("a>b", "a", .greater, "b"),
            ("a>=b", "a", .greaterOrEqual, "b"), ("a~b", "a", .contains, "b"), ("a~", "a", .contains, ""),
            ("a b,c=", "a b,c", .equal, ""), ("a=%CC%81", "a", .equal, "\u{301}"), ("%F0%9F%98%80<1", "😀", .less, "1"),
        ] as [(String, String, ListFilter.Operation, String)]
    )
    func operations(text: String, field: String, operation: ListFilter.Operation, value: String) throws {
        #expect(try read("filter=\(text)").filters == [ListFilter(field: field, operation: operation, value: value)])
    }

    @Test("are taken up to their limits")
    func limits() throws {
        let name = String(repeating: "n", count: 64)
        #expect(try read("limit=1").limit == 1)
        #expect(try read("limit=1000&offset=1000000") == ListQuery(limit: 1000, start: .offset(1_000_000)))
        #expect(try read("offset=0") == ListQuery(start: .offset(0)))
        #expect(try read("sort=-\(name),b,c,d,-e").sort.count == 5)
        #expect(try read("fields=" + (1...50).map { "f\($0)" }.joined(separator: ",")).fields.count == 50)
        let filters = Array(repeating: "filter=a=" + String(repeating: "x", count: 200), count: 10)
        #expect(try read("" + filters.joined(separator: "&")).filters.count == 10)
        #expect(try read("partial=true&limit=2", otherNames: ["partial"]) == ListQuery(limit: 2))
    }

    @Test("a cursor is taken with the sort that it was made for")
    func cursor() async throws {
        let (plain, sorted) = (try await cursor(sort: []), try await cursor(sort: [ListSortKey(field: "id")]))
        #expect(try read("cursor=\(plain.text)").start == .cursor(plain))
        #expect(try read("sort=id&cursor=\(sorted.text)").start == .cursor(sorted))
        for query in ["sort=id&cursor=\(plain.text)", "cursor=\(sorted.text)", "sort=-id&cursor=\(sorted.text)"] {
            #expect(problems("\(query)") == ["cursor: was made for another sort: start again without it"])
        }
        #expect(problems("cursor=\(plain.text)&offset=0") == ["cursor: can't be combined with offset"])
    }

    static let number = "must be a whole number from"
    static let names = "must be names of members with commas between them"
    static let filter = "must be the name of a member, one of = != < <= > >= ~, and a value"
    static let encoding = "is not percent-encoded UTF-8"

    /// A text again and again.
    private static func list(_ text: String, _ count: Int, _ separator: String = "") -> String {
        Array(repeating: text, count: count).joined(separator: separator)
    }

    private static let wrongQueries: [(String, String)] = [
        ("limit=0", "limit: \(number) 1 to 1000"), ("limit=1001", "limit: \(number) 1 to 1000"),
        ("limit=", "limit: \(number) 1 to 1000"), ("limit", "limit: \(number) 1 to 1000"),
        ("limit=-1", "limit: \(number) 1 to 1000"), ("limit=%2B1", "limit: \(number) 1 to 1000"),
        ("limit=1.0", "limit: \(number) 1 to 1000"), ("limit=1e2", "limit: \(number) 1 to 1000"),
        ("limit=%D9%A1", "limit: \(number) 1 to 1000"),
        ("limit=99999999999999999999", "limit: \(number) 1 to 1000"),
        ("offset=-1", "offset: \(number) 0 to 1000000"), ("offset=1000001", "offset: \(number) 0 to 1000000"),
        ("sort=a,", "sort: \(names)"), ("sort=", "sort: \(names)"), ("sort=-", "sort: \(names)"),
        ("sort=a,,b", "sort: \(names)"),
        ("sort=a,b,c,d,e,f", "sort: may have at most 5 names"),
        ("sort=events", "sort: \"events\" is an array, which nothing can be sorted by"),
        ("sort=-events", "sort: \"events\" is an array, which nothing can be sorted by"),
        ("fields=", "fields: \(names)"), ("fields=id,id", "fields: \"id\" is named twice"),
        ("fields=\(list("f", 51, ","))", "fields: may have at most 50 names"),
        ("fields=\(list("n", 65))", "fields: a name may have at most 64 bytes"),
        ("sort=\(list("%C3%A9", 33))", "sort: a name may have at most 64 bytes"),
        ("filter=\(list("n", 65))=1", "filter: a name may have at most 64 bytes"),
        ("filter=", "filter: \(filter)"), ("filter=name", "filter: \(filter)"), ("filter==1", "filter: \(filter)"),
        ("filter=a!b", "filter: \(filter)"), ("filter=!=b", "filter: \(filter)"),
        ("filter=a=\(list("x", 201))", "filter: a value may have at most 200 characters"),
        ("filter=events~1", "filter: \"events\" is an array, of which only = and != can ask"),
        ("filter=events>=1", "filter: \"events\" is an array, of which only = and != can ask"),
        (list("filter=a=1", 11, "&"), "filter: may be given at most 10 times"),
        ("cursor=abc", "cursor: is not a cursor that this API made: start again without it"),
        ("limit=1&limit=1", "limit: is given more than once"), ("sort=a&sort=b", "sort: is given more than once"),
        ("fields=a&field%73=a", "fields: is given more than once"),
        ("Limit=1", "Limit: is unknown: known are limit, offset, cursor, sort, fields, filter, partial"),
        ("=1", ": is unknown: known are limit, offset, cursor, sort, fields, filter, partial"),
        ("sort=%", "sort: \(encoding)"), ("sort=%zz", "sort: \(encoding)"), ("sort=%c3", "sort: \(encoding)"),
        ("sort=%ff", "sort: \(encoding)"), ("sort=%ED%A0%80", "sort: \(encoding)"), ("%ff=1", "%ff: \(encoding)"),
        ("sort=\u{FFFD}", "sort: \(encoding)"),
        (list("a=1", 51, "&"), "query: a query may have at most 50 parameters"),
        (
            list("filter=a=\(list("é", 100))", 7, "&"),
            "query: may have at most 4096 bytes without limit, offset and cursor"
        ),
    ]

    @Test("that are wrong are told", arguments: wrongQueries)
    func wrong(query: String, problem: String) {
        #expect(problems(query) == [problem])
    }

    @Test("that are wrong are all told at once, each in one place")
    func allAtOnce() throws {
        let error = #expect(throws: ServiceError.self) {
            try read("x=1&limit=0&filter=a&sort=%&offset=x&x=2&filter=events~1&cursor=%21")
        }
        #expect(error?.kind == .invalid)
        #expect(error?.message == "the query is not valid: see sort, x, limit, filter, offset, cursor")
        #expect(
            error?.fields.first { $0.field == "filter" }?.message
                == "\(Self.filter); \"events\" is an array, of which only = and != can ask"
        )
    }

    private func read(
        _ query: String?,
        defaultLimit: Int? = nil,
        otherNames: [String] = ["partial"]
    ) throws(ServiceError) -> ListQuery {
        try ListQuery(
            QueryParameters(query),
            fields: .users,
            defaultLimit: defaultLimit,
            otherNames: otherNames
        )
    }

    private func problems(_ query: String) -> [String] {
        let error = #expect(throws: ServiceError.self) { try read(query) }
        return error?.fields.map { "\($0.field): \($0.message)" } ?? []
    }

    private func cursor(sort: [ListSortKey]) async throws -> ListCursor {
        let query = ListQuery(limit: 1, sort: sort)
        let page = try await query.page(of: ByteBuffer(string: #"[{"id":"1"},{"id":"2"}]"#), fields: .users)
        guard case .cursor(let cursor) = page.links.next else {
            throw ServiceError(.invalid, message: "no cursor")
        }
        return cursor
    }
}
