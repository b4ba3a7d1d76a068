public import EventService
import Foundation
import NIOCore
import NIOHTTP1
import Resilience

extension RemoteService {
    /// Entries that one request lists at most, and events that are read at once.
    private static var pageSize: Int { 200 }
    private static var concurrency: Int { 8 }
    /// Events that are read whole for one list; the next list brings more.
    private static var maximumReads: Int { 50 }

    /// The events that are kept, those first that a person has to decide about.
    ///
    /// Lists have no more of the events than their names. What they consist of never changes: each is read once, the first of
    /// the list before others.
    public func listKept(atMost limit: Int) async throws(ServiceError) -> KeptEvents {
        try requireConnection()
        var kept = KeptEvents()
        try await list("refused", in: &kept, atMost: limit)
        try await list("waiting,delivering", in: &kept, atMost: limit)
        keptEvents.forget(otherThan: kept.events)
        await readUnknown(kept.events)
        kept.events = kept.events.map(keptEvents.completed)
        return kept
    }

    private func list(_ states: String, in kept: inout KeptEvents, atMost limit: Int) async throws(ServiceError) {
        var cursor: String? = ""
        var usersBefore: Set<String> = []
        while let after = cursor {
            let room = min(limit - kept.events.count, Self.pageSize)
            guard room > 0 else {
                kept.hasMore = true
                return
            }
            let path = "/v1/outbox?state=\(states)&limit=\(room)" + (after.isEmpty ? "" : "&cursor=\(after)")
            let answer = try await requests.answer(to: requests.request(path))
            let items = try answer.decoded([OutboxItemMessage].self).prefix(room)
            for item in items {
                let isFirst = usersBefore.insert(item.userId).inserted
                kept.events.append(item.event(isBehindAnother: states != "refused" && !isFirst))
            }
            cursor = items.isEmpty ? nil : answer.nextCursor
        }
    }

    /// Reads the events that aren't known yet; those that can't be read are tried again with the next list.
    private func readUnknown(_ events: [KeptEvent]) async {
        let unknown = events.lazy.filter { [keptEvents] in !keptEvents.knows($0) }.prefix(Self.maximumReads)
        _ = try? await boundedFanOut(over: Array(unknown), limit: Self.concurrency) { [requests, keptEvents] event in
            let request = requests.request("/v1/outbox/\(event.id.percentEncoded)")
            do throws(ServiceError) {
                keptEvents.remember(event, entry: try await requests.answer(to: request).body)
            } catch {
                // It may have been delivered meanwhile. Anything else would happen to the others, too.
                guard error.kind == .notFound else { throw error }
            }
        }
    }
}

extension RemoteRequests.Answer {
    /// Where the next page of a list begins, by its `Link` (RFC 8288).
    fileprivate var nextCursor: String? {
        guard let link = headers.first(name: "link"), let start = link.firstRange(of: "cursor=")?.upperBound else {
            return nil
        }
        let cursor = link[start...].prefix { $0.isASCII && ($0.isNumber || $0.isLetter || $0 == "-" || $0 == "_") }
        return cursor.isEmpty ? nil : String(cursor)
    }
}
