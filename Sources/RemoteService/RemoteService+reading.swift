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

    /// Entries of the timeline, as far back as they are kept.
    ///
    /// A page of the HTTP API at most, so no more than 200; entries of a kind that isn't known here are left out, and there may be
    /// nothing but such.
    public func timelinePage(_ query: HistoryQuery) async throws(ServiceError) -> TimelinePage {
        try requireConnection()
        let answer = try await requests.answer(to: requests.request("/v1/timeline?\(query.text)"))
        var last = query.before
        let told = try answer.decoded([EntryMessage].self).prefix(query.pageSize).filter { entry in
            guard last.map({ entry.id < $0 }) ?? true else { return false }
            last = entry.id
            return true
        }
        let entries = told.compactMap(\.entry).filter { entry in query.since.map { entry.at >= $0 } ?? true }
        return TimelinePage(entries, next: told.count < query.pageSize ? nil : told.last?.id)
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
    /// The number of entries to ask for, of the 200 that a page has at most.
    fileprivate var pageSize: Int { min(max(1, limit), 200) }

    /// What the HTTP API can be asked of it.
    fileprivate var text: String {
        let parts: [(String, String?)] = [
            ("limit", String(pageSize)),
            ("before", before.map { String(min($0, UInt64(Int.max))) }),
            ("route", route?.rawValue), ("kind", kind?.rawValue),
        ]
        return parts.compactMap { name, value in value.map { "\(name)=\($0)" } }.joined(separator: "&")
    }
}
