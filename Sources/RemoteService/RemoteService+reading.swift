import AsyncHTTPClient
public import EventService
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

extension RemoteService {
    // The lists are asked for whole, by the routes that answer so: for each of several pages the service would have to read
    // all of it again, and they would be of different moments.

    /// All users.
    public func listUsers(
        for context: CallContext,
        policy: CachePolicy
    ) async throws(ServiceError) -> ReadResult<[User]> {
        let answer = try await list("/getUsers", for: context, policy)
        return ReadResult(try answer.decoded([User].self), freshness: Freshness(answer.headers))
    }

    /// The events of one user as far as they can be read.
    public func listEvents(
        ofUser id: String,
        for context: CallContext,
        policy: CachePolicy
    ) async throws(ServiceError) -> ReadResult<UserEvents> {
        let path = "/getEventsByUserId/\(id.percentEncoded)?partial=true"
        let answer = try await list(path, for: context, policy)
        let events = UserEvents(events: try answer.decoded([Event].self), missing: answer.missing)
        return ReadResult(events, freshness: Freshness(answer.headers))
    }

    /// Entries of the timeline, the newest first, as far back as they are kept.
    ///
    /// A page of the HTTP API at most, so no more than 200; entries of a kind that isn't known here are left out.
    public func timelineEntries(_ query: HistoryQuery) async throws(ServiceError) -> [Timeline.Entry] {
        try requireConnection()
        let answer = try await requests.answer(to: requests.request("/v1/timeline?\(query.text)"))
        let entries = try answer.decoded([EntryMessage].self).prefix(query.limit).compactMap(\.entry)
        var last = query.before
        return entries.filter { entry in
            guard last.map({ entry.id < $0 }) ?? true, query.since.map({ entry.at >= $0 }) ?? true else { return false }
            last = entry.id
            return true
        }
    }

    private func list(
        _ path: String,
        for context: CallContext,
        _ policy: CachePolicy
    ) async throws(ServiceError) -> RemoteRequests.Answer {
        try requireConnection()
        var request = requests.request(path)
        if policy == .reload { request.headers.add(name: "cache-control", value: "no-cache") }
        return try await requests.answer(to: request, for: context, maximumSize: requests.limits.maximumListSize)
    }
}

extension RemoteRequests.Answer {
    /// The most identifiers that are believed to lack, as many as a user may have events.
    private static var maximumMissing: Int { 100_000 }

    /// The body as a value.
    func decoded<Value: Decodable>(_: Value.Type) throws(ServiceError) -> Value {
        do {
            return try JSONDecoder.remote.decode(Value.self, from: body)
        } catch {
            throw ServiceError(.badUpstream, message: RemoteFailure.malformed("not the JSON promised").description)
        }
    }

    /// The identifiers that a list lacks; those that didn't fit into the header are empty.
    fileprivate var missing: [String] {
        let named = (headers.first(name: "evenkeel-missing") ?? "").split(separator: ",").map { part in
            part.drop { $0 == " " }.removingPercentEncoding ?? ""
        }
        let count = headers.first(name: "evenkeel-missing-count").flatMap(UInt32.init).map(Int.init) ?? named.count
        let unnamed = max(0, min(count, Self.maximumMissing) - named.count)
        return named + Array(repeating: "", count: unnamed)
    }
}

extension HistoryQuery {
    /// The most entries of a page.
    private static var maximumLimit: Int { 200 }

    /// What the HTTP API can be asked of it.
    fileprivate var text: String {
        let parts: [(String, String?)] = [
            ("limit", String(min(max(1, limit), Self.maximumLimit))),
            ("before", before.map { String(min($0, UInt64(Int.max))) }),
            ("route", route?.rawValue), ("kind", kind?.rawValue),
        ]
        return parts.compactMap { name, value in value.map { "\(name)=\($0)" } }.joined(separator: "&")
    }
}
