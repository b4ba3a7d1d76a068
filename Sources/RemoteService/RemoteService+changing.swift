import AsyncHTTPClient
public import EventService
import Foundation
import NIOCore
import NIOHTTP1

extension RemoteService {
    /// Adds the event of a draft; see `DashboardSource`.
    ///
    /// The draft's identifier alone makes a repeat the same event. An `Idempotency-Key` would refuse one that was corrected.
    public func submit(
        _ draft: EventDraft,
        whenDown: EventServiceConfiguration.WhenDown?,
        for context: CallContext
    ) async throws(ServiceError) -> DraftFate {
        try requireConnection()
        var request = requests.request("/v1/events", method: .POST)
        request.headers.add(name: "content-type", value: "application/json")
        if whenDown == .queue { request.headers.add(name: "prefer", value: "respond-async") }
        do {
            request.body = .bytes(ByteBuffer(bytes: try JSONEncoder().encode(draft)))
        } catch {
            throw ServiceError(.invalid, message: "the event can't be written as JSON: \(error)")
        }
        let answer = try await requests.answer(to: request, for: context)
        return answer.status == Int(HTTPResponseStatus.accepted.code) ? .kept : .added
    }

    /// Has an event that is kept tried again; see `DashboardSource`.
    public func retryKept(_ id: String, for context: CallContext) async throws(ServiceError) -> Bool {
        try await isThere(requests.request("/v1/outbox/\(id.percentEncoded)/retry", method: .POST), for: context)
    }

    /// Forgets an event that is kept; see `DashboardSource`.
    public func discardKept(_ id: String, for context: CallContext) async throws(ServiceError) -> Bool {
        try await isThere(requests.request("/v1/outbox/\(id.percentEncoded)", method: .DELETE), for: context)
    }

    /// Lets the next call of a route through as a probe; see `DashboardSource`.
    public func probe(_ route: UpstreamRoute) async throws(ServiceError) {
        try requireConnection()
        _ = try await requests.answer(to: requests.request("/v1/breakers/\(route.rawValue)/probe", method: .POST))
    }

    /// Says who decides whether a breaker lets calls through; see `DashboardSource`.
    public func setMode(_ mode: BreakerStatus.Mode, of route: UpstreamRoute) async throws(ServiceError) {
        try requireConnection()
        var request = requests.request("/v1/breakers/\(route.rawValue)/mode", method: .PUT)
        request.headers.add(name: "content-type", value: "application/json")
        request.body = .bytes(ByteBuffer(string: #"{"mode":"\#(mode.rawValue)"}"#))
        _ = try await requests.answer(to: request)
    }

    /// Closes a breaker, whatever its state and mode; see `DashboardSource`.
    public func reset(_ route: UpstreamRoute) async throws(ServiceError) {
        try requireConnection()
        _ = try await requests.answer(to: requests.request("/v1/breakers/\(route.rawValue)/reset", method: .POST))
    }

    private func isThere(_ request: HTTPClientRequest, for context: CallContext) async throws(ServiceError) -> Bool {
        try requireConnection()
        do throws(ServiceError) {
            _ = try await requests.answer(to: request, for: context)
            return true
        } catch {
            guard error.kind == .notFound else { throw error }
            return false
        }
    }
}
