import EventService
import NetworkTestSupport
import Testing

@testable import RemoteService

@Suite("Pages of the timeline", .timeLimit(.minutes(3)))
struct TimelinePageTests {
    private func page(_ ids: [UInt64], isKnown: (UInt64) -> Bool = { _ in true }, before: UInt64) async throws
        -> TimelinePage
    {
        let entries = ids.map { id in
            #"{"id":\#(id),"at":"2026-11-30T12:31:05.000Z","kind":"\#(isKnown(id) ? "stop" : "party")"}"#
        }
        let answer = RawAnswer.http(body: "[\(entries.joined(separator: ","))]")
        return try await Attached.run(
            answering: { $0.requestLine.contains("stream") ? .nothing : answer }
        ) { attached, server in
            let page = try await attached.remote.timelinePage(HistoryQuery(before: before, limit: 500))
            let lines = server.record.requests.map(\.requestLine)
            #expect(lines.contains("GET /v1/timeline?limit=200&before=\(before) HTTP/1.1"))
            return page
        }
    }

    @Test("Entries of unknown kinds are left out, and those before them are still to be had")
    func unknown() async throws {
        let full = try await page((100..<300).reversed(), isKnown: { $0 > 298 }, before: 300)
        #expect(full.entries.map(\.id) == [299])
        #expect(full.next == 100)
        let empty = try await page((100..<300).reversed(), isKnown: { _ in false }, before: 300)
        #expect(empty == TimelinePage(next: 100))
        let last = try await page((101..<300).reversed(), before: 300)
        #expect(last.entries.count == 199)
        #expect(last.next == nil)
    }

    @Test("A page that leads nowhere is the last")
    func nowhere() async throws {
        let page = try await page(Array(repeating: 300, count: 200), before: 300)
        #expect(page == TimelinePage())
    }
}
