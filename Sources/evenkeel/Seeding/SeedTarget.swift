import AsyncHTTPClient
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

/// The Evenkeel that is seeded, reached like any client reaches it.
struct SeedTarget: Sendable {
    /// What became of one attempt to add an event.
    enum Answer: Sendable, Equatable {
        case added
        /// Not now; perhaps after a time that was named.
        case later(reason: String, retryAfter: Duration?)
        /// Not ever.
        case refused(reason: String)
    }

    let client: HTTPClient
    let baseURL: String
    /// The bearer token to send; `nil` where none is needed.
    var token: String?

    private struct Identified: Decodable {
        let id: String
    }

    private struct ProblemBody: Decodable {
        let message: String?
    }

    private static let maximumAnswerSize = 64 * 1024 * 1024
    private static let timeout = TimeAmount.seconds(60)

    /// The identifiers in a list that the API answers, or why there is none now.
    func identifiers(_ path: String) async throws -> Result<[String], Later> {
        do {
            let response = try await client.execute(request(path), timeout: Self.timeout)
            let body = try await response.body.collect(upTo: Self.maximumAnswerSize)
            guard response.status == .ok else { return .failure(later(response, body)) }
            return .success(try JSONDecoder().decode([Identified].self, from: body).map(\.id))
        } catch is CancellationError {
            throw CancellationError()
        } catch let error as DecodingError {
            throw Failure.unavailable("\(baseURL + path) answers something that is no list: \(error)")
        } catch {
            return .failure(Later(reason: "\(error)", retryAfter: nil, isUnreachable: true))
        }
    }

    /// Tries once to add an event.
    func add(_ item: SeedPlan.Item) async throws -> Answer {
        var request = request("/addEvent")
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        request.body = .bytes(try JSONEncoder().encode(item))
        do {
            let response = try await client.execute(request, timeout: Self.timeout)
            let body = try await response.body.collect(upTo: Self.maximumAnswerSize)
            switch response.status.code {
            case 200..<300: return .added
            case 429, 500...: return later(response, body).answer
            default: return .refused(reason: reason(response, body))
            }
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            return .later(reason: "\(error)", retryAfter: nil)
        }
    }

    private func request(_ path: String) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: baseURL + path)
        if let token { request.headers.add(name: "authorization", value: "Bearer \(token)") }
        return request
    }

    /// Why something can't be had now.
    struct Later: Error {
        let reason: String
        let retryAfter: Duration?
        let isUnreachable: Bool

        var answer: Answer { .later(reason: reason, retryAfter: retryAfter) }
    }

    private func later(_ response: HTTPClientResponse, _ body: ByteBuffer) -> Later {
        let seconds = response.headers.first(name: "retry-after").flatMap(UInt32.init)
        return Later(reason: reason(response, body), retryAfter: seconds.map { .seconds($0) }, isUnreachable: false)
    }

    private func reason(_ response: HTTPClientResponse, _ body: ByteBuffer) -> String {
        // What is no problem document is explained by its status alone.
        let message = (try? JSONDecoder().decode(ProblemBody.self, from: body))?.message
        return [String(response.status.code), message].compactMap { $0 }.joined(separator: " ")
    }
}
