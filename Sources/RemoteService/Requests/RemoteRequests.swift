import AsyncHTTPClient
import EventService
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1
import NIOPosix
import Resilience

/// Requests to the HTTP API of a service elsewhere, each with a limit of time and size.
struct RemoteRequests: Sendable {
    /// An answer as a whole.
    struct Answer: Sendable {
        let status: Int
        let headers: HTTPHeaders
        let body: ByteBuffer
    }

    /// The address, without a slash at its end.
    let address: String
    let client: HTTPClient
    let token: @Sendable () async -> String?
    let limits: RemoteLimits
    /// When an answer that is asked for now has to be there.
    let answerDeadline: @Sendable () -> Deadline

    /// A request with what every one has but the token, which is added when it is sent.
    func request(_ path: String, method: HTTPMethod = .GET, accepting type: String = "application/json")
        -> HTTPClientRequest
    {
        var request = HTTPClientRequest(url: address + path)
        request.method = method
        request.headers = ["accept": type, "user-agent": "evenkeel"]
        return request
    }

    private func authorized(_ request: HTTPClientRequest) async -> HTTPClientRequest {
        var request = request
        if let token = await token() { request.headers.add(name: "authorization", value: "Bearer \(token)") }
        return request
    }

    /// Begins the stream, which ends with the task.
    /// - Throws: `RemoteFailure` unless the answer is a stream, or whatever the client throws.
    func stream(resumingFrom lastEventID: String?) async throws -> HTTPClientResponse {
        var request = request("/v1/stream", accepting: "text/event-stream")
        if let lastEventID { request.headers.add(name: "last-event-id", value: lastEventID) }
        // The task is cancelled when it takes too long.
        let authorized = await authorized(request)
        let response = try await client.execute(authorized, deadline: .distantFuture)
        guard response.status == .ok else { throw try await failure(response) }
        let type = response.headers.first(name: "content-type") ?? "nothing"
        guard type.lowercased().hasPrefix("text/event-stream") else {
            throw RemoteFailure.malformed("\(String(told: type)) where a stream of events should be")
        }
        return response
    }

    /// Sends a request for somebody who waits for its answer.
    /// - Parameter maximumSize: The most bytes of the body, otherwise `limits.maximumAnswerSize`.
    /// - Throws: `ServiceError` for every answer but 2xx, and where there is none: of kind `timedOut` where the request may have
    ///   been done all the same.
    func answer(
        to request: HTTPClientRequest,
        for context: CallContext? = nil,
        maximumSize: Int? = nil
    ) async throws(ServiceError) -> Answer {
        var request = request
        if let context { request.headers.add(name: "x-request-id", value: context.requestID) }
        let answer: Answer
        do {
            answer = try await send(request, maximumSize ?? limits.maximumAnswerSize)
        } catch {
            throw serviceError(error)
        }
        guard (200..<300).contains(answer.status) else {
            let redirect = (300..<400).contains(answer.status) ? RemoteFailure.redirect(answer.headers) : nil
            if let redirect { throw ServiceError(.badUpstream, message: redirect.description) }
            throw ServiceError(status: answer.status, ProblemMessage(answer.body))
        }
        return answer
    }

    private func send(_ request: HTTPClientRequest, _ maximumSize: Int) async throws -> Answer {
        try await withDeadline(answerDeadline()) {
            let authorized = await authorized(request)
            let response = try await client.execute(authorized, deadline: .distantFuture)
            let body = try await response.body.collect(upTo: maximumSize)
            return Answer(status: Int(response.status.code), headers: response.headers, body: body)
        }
    }

    private func serviceError(_ error: any Error) -> ServiceError {
        switch error {
        case is CancellationError: return ServiceError(.cancelled, message: "given up before an answer came")
        case let error as TimeoutError:
            return ServiceError(.timedOut, message: "nothing from \(address) for \(error.limit.components.seconds) s")
        default: break
        }
        if Task.isCancelled { return ServiceError(.cancelled, message: "given up before an answer came") }
        let failure = RemoteFailure(error)
        if case .malformed = failure { return ServiceError(.badUpstream, message: failure.description) }
        let wasSent = !(error is NIOConnectionError) && (error as? HTTPClientError) != .connectTimeout
        return ServiceError(wasSent ? .timedOut : .busy, message: "\(failure.description), from \(address)")
    }

    private func failure(_ response: HTTPClientResponse) async throws -> RemoteFailure {
        let status = Int(response.status.code)
        if (300..<400).contains(status) { return .redirect(response.headers) }
        let problem = ProblemMessage(try await response.body.collect(upTo: limits.maximumAnswerSize))
        switch status {
        case 401, 403: return .unauthorized(status: status, detail: problem.words)
        default: return .status(status, detail: problem.words, retryAfter: problem.wait)
        }
    }
}

extension RemoteFailure {
    fileprivate static func redirect(_ headers: HTTPHeaders) -> RemoteFailure {
        .redirected(to: headers.first(name: "location").map(String.init(told:)))
    }
}
