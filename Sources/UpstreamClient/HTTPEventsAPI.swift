public import AsyncHTTPClient
public import EventService
public import NIOCore
import NIOHTTP1

/// The events API over HTTP/1.1, on pooled keep-alive connections.
///
/// One call is one request: no retries, no redirects followed. A body is checked to be the JSON promised and handed on
/// as the bytes it came in.
public struct HTTPEventsAPI: EventsAPI {
    private let client: HTTPClient
    private let baseURL: BaseURL
    private let limits: UpstreamLimits

    /// Creates an events API that is reached through `client`, which the caller shuts down.
    ///
    /// Make the client with `HTTPClient.forUpstream(limits:eventLoopGroup:)`: one that follows redirects or retries
    /// connections hides from the breaker what it must see.
    public init(client: HTTPClient, baseURL: BaseURL, limits: UpstreamLimits = UpstreamLimits()) {
        self.client = client
        self.baseURL = baseURL
        self.limits = limits
    }

    /// Makes one call.
    public func answer(to call: UpstreamCall, for context: CallContext) async throws(UpstreamError) -> ByteBuffer {
        // The client below notices only what is cancelled later, and might send the request all the same.
        guard !Task.isCancelled else { throw .cancelled }
        guard let request = request(for: call, context: context) else { throw .unaddressable }
        let (response, body) = try await send(request)
        try checkStatus(of: response, body: body)
        do {
            try call.answerShape.check(body)
        } catch {
            throw .malformed(response.isLabelledJSON ? error.description : "\(response.label); \(error)")
        }
        return body
    }

    private func send(_ request: HTTPClientRequest) async throws(UpstreamError) -> (HTTPClientResponse, ByteBuffer) {
        var response: HTTPClientResponse?
        do {
            // The attempt's time-out is the caller's and cancels this task; this deadline only bounds what that can't reach.
            let head = try await client.execute(request, deadline: .now() + .hours(1))
            response = head
            return (head, try await head.body.collect(upTo: limits.maximumBodySize))
        } catch {
            let error = UpstreamError(error, limits: limits)
            throw error == .reset && response != nil ? .truncated : error
        }
    }

    private func request(for call: UpstreamCall, context: CallContext) -> HTTPClientRequest? {
        guard let path = call.path else { return nil }
        var request = HTTPClientRequest(url: baseURL.string + path)
        request.headers = [
            "accept": "application/json", "user-agent": "evenkeel", "x-request-id": context.requestID,
        ]
        if let traceParent = context.traceParent { request.headers.add(name: "traceparent", value: traceParent) }
        if let traceState = context.traceState { request.headers.add(name: "tracestate", value: traceState) }
        if case .addEvent(let body) = call {
            request.method = .POST
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(body)
        }
        return request
    }

    private func checkStatus(of response: HTTPClientResponse, body: ByteBuffer) throws(UpstreamError) {
        switch response.status.code {
        case 200..<300: return
        case 404: throw .notFound
        case 429, 503: throw .overloaded(status: Int(response.status.code), retryAfter: response.retryAfter)
        case 400..<500: throw .rejected(status: Int(response.status.code), message: UpstreamErrorBody.message(in: body))
        default: throw .unexpectedStatus(Int(response.status.code))
        }
    }
}
