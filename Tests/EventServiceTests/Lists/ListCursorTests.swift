import Foundation
import NIOCore
import TestSupport
import Testing

@testable import EventService

@Suite("List cursors as text")
struct ListCursorTests {
    private static let sample = ListCursor(
        isBackward: true,
        sort: [
            ListSortKey(field: "name", isDescending: true), ListSortKey(field: "é😀"), ListSortKey(field: "n"),
            ListSortKey(field: "b"), ListSortKey(field: "x"),
        ],
        values: [.text(Array("a\"é".utf8)), .missing, .number(-1.5), .boolean(true), .boolean(false)],
        ids: [Array("id-1".utf8), [], Array("😀".utf8)],
        isWhole: false,
        place: 99_999
    )

    @Test("are read as they were written, in letters that need no encoding in a URL")
    func roundTrip() throws {
        let text = Self.sample.text
        #expect(ListCursor(text) == Self.sample)
        #expect(text.wholeMatch(of: /[A-Za-z0-9_-]+/) != nil)
        for number in [0, .infinity, -.infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude] as [Double] {
            let cursor = ListCursor(
                isBackward: false,
                sort: [ListSortKey(field: "n")],
                values: [.number(number)],
                ids: [],
                isWhole: true,
                place: 0
            )
            #expect(ListCursor(cursor.text) == cursor)
        }
    }

    @Test("have room for the most that their parts may have")
    func largest() {
        let sort = (0..<5).map { ListSortKey(field: String(repeating: "\($0)", count: 64)) }
        let cursor = ListCursor(
            isBackward: false,
            sort: sort,
            values: sort.map { _ in .text(Array(repeating: 0xFF, count: 256)) },
            ids: (0..<16).map { _ in Array(repeating: 0x41, count: 64) },
            isWhole: true,
            place: Int(UInt32.max)
        )
        #expect(cursor.text.utf8.count <= ListCursor.maximumTextLength)
        #expect(ListCursor(cursor.text) == cursor)
    }

    @Test(
        "refuse what is no cursor",
        arguments: [
            "", "A", "AA", "AQ", "x y", "é", "AQ==", "AQ+/", "null", String(repeating: "A", count: 3601),
            String(repeating: "A", count: 1_000_000),
        ]
    )
    func refused(text: String) {
        #expect(ListCursor(text) == nil)
    }

    @Test("refuse a text that is cut short or goes on")
    func cut() throws {
        let bytes = try #require(decoded(Self.sample.text))
        for count in 0..<bytes.count { #expect(ListCursor(encoded(bytes.prefix(count))) == nil) }
        #expect(ListCursor(encoded(bytes + [0])) == nil)
    }

    @Test("refuse more than their limits, and a number that nothing compares with")
    func limits() {
        var cursor = ListCursor(
            isBackward: false,
            sort: [ListSortKey(field: "n")],
            values: [.number(.nan)],
            ids: [],
            isWhole: true,
            place: 0
        )
        #expect(ListCursor(cursor.text) == nil)
        cursor.values = [.text(Array(repeating: 0x41, count: 257))]
        #expect(ListCursor(cursor.text) == nil)
        cursor.values = [.missing]
        cursor.sort = [ListSortKey(field: String(repeating: "x", count: 65))]
        #expect(ListCursor(cursor.text) == nil)
        cursor.sort = [ListSortKey(field: "n")]
        cursor.ids = Array(repeating: [], count: 17)
        #expect(ListCursor(cursor.text) == nil)
        cursor.ids = [Array(repeating: 0x41, count: 1025)]
        #expect(ListCursor(cursor.text) == nil)
        cursor.ids = []
        #expect(ListCursor(cursor.text) == cursor)
        cursor.sort = Array(repeating: ListSortKey(field: "n"), count: 6)
        cursor.values = Array(repeating: .missing, count: 6)
        #expect(ListCursor(cursor.text) == nil)
    }

    @Test("that somebody changed are refused or give some page", arguments: [1, 2, 3] as [UInt64])
    func hostile(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let list = body(ListQueryModelTests.elements(20, using: &random))
        var query = ListQuery(
            limit: 4,
            sort: [ListSortKey(field: "name"), ListSortKey(field: "n", isDescending: true)]
        )
        let page = try await query.page(of: list, fields: ListQueryModelTests.fields)
        guard case .cursor(let cursor) = page.links.next, let bytes = decoded(cursor.text) else {
            Issue.record("no cursor")
            return
        }
        var taken = 0
        for _ in 0..<2_000 {
            var changed = bytes
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<changed.count, using: &random)
                changed[place] = UInt8.random(in: 0...255, using: &random)
            }
            guard let cursor = ListCursor(encoded(changed)), cursor.fits(query.sort) else { continue }
            taken += 1
            query.start = .cursor(cursor)
            let page = try await query.page(of: list, fields: ListQueryModelTests.fields)
            #expect(page.total == 20)
            #expect(try elementTexts(page.body).count <= 4)
        }
        #expect(taken > 100, "some changes must go unnoticed, or this shows nothing")
    }

    @Test("fit the same keys in the same order and direction, by their bytes")
    func fits() {
        let keys = Self.sample.sort
        #expect(Self.sample.fits(keys))
        #expect(!Self.sample.fits(Array(keys.dropLast())))
        #expect(!Self.sample.fits(keys.reversed()))
        #expect(!Self.sample.fits(keys.map { ListSortKey(field: $0.field, isDescending: false) }))
        #expect(
            !Self.sample.fits(
                keys.map {
                    ListSortKey(field: $0.field.replacing("é", with: "e\u{301}"), isDescending: $0.isDescending)
                }
            )
        )
    }

    private func decoded(_ text: String) -> Data? {
        let standard = text.replacing("-", with: "+").replacing("_", with: "/")
        return Data(base64Encoded: standard + String(repeating: "=", count: (4 - text.count % 4) % 4))
    }

    private func encoded(_ bytes: Data) -> String {
        bytes.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
