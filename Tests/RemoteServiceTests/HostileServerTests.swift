import EventService
import Foundation
import NIOCore
import NetworkTestSupport
import TestSupport
import Testing

@testable import RemoteService

@Suite("A server that is no Evenkeel", .timeLimit(.minutes(3)))
struct HostileServerTests {
    private static let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"

    private static let wrongAnswers: [(RawAnswer, String)] = [
        (.http("200 OK", ["Content-Type: text/html"], body: "<p>"), "not what Evenkeel answers: text/html "),
        (.http("200 OK", body: "{}"), "not what Evenkeel answers: nothing where a stream of events should be"),
        (.http("401 Unauthorized", body: "who?"), "not allowed (401); a token comes from --token-file or API_TOKEN"),
        (.http("403 Forbidden", body: #"{"detail":"too bad"}"#), "too bad (403); a token"),
        (.http("404 Not Found"), "no Evenkeel at this address (404)"),
        (.http("500 Oh", body: "[[[["), "status 500"),
        (.text("garbage\r\n\r\n"), "not what Evenkeel answers: not HTTP"),
        (.textThenClose(""), "the connection was closed"),
        (.textThenClose(head + "data: {"), "the connection was closed"),
        (.textThenClose(head), "the connection was closed"),
        (.text(head + "event: snapshot\ndata: {\n\n"), "not what Evenkeel answers: the event snapshot isn't what"),
        (.text(head + "event: breaker\ndata: {}\n\n"), "not what Evenkeel answers: a change before the first"),
        (.text(head + "event: end\ndata: {\"reason\":\"revoked\"}\n\n"), "the token was taken back"),
        (.text(head + "event: end\ndata: {\"reason\":\"\u{7}\"}\n\n"), "not what Evenkeel answers: the event end"),
        (.text(head + "event: end\ndata: {\"reason\":\"because\"}\n\n"), "the connection was closed"),
    ]

    private func loss(
        limits: RemoteLimits = RemoteLimits(),
        _ answer: RawAnswer
    ) async throws -> Attached.Loss {
        try await Attached.run(answering: { _ in answer }, limits: limits) { attached, _ in
            try await attached.waitForLoss()
        }
    }

    @Test(
        "What isn't a stream is told in words",
        arguments: wrongAnswers
    )
    func refusals(answer: RawAnswer, words: String) async throws {
        let reason = try await loss(answer).reason
        #expect(reason.hasPrefix(words), "\(reason)")
    }

    @Test("A connection that is reset is lost")
    func reset() async throws {
        #expect(try await loss(.reset).reason == "connection reset by peer")
    }

    @Test("Nobody there: the connection is refused")
    func refused() async throws {
        let port = try await RawServer.run(answering: { _ in .nothing }) { $0.port }
        try await Attached.run(to: "http://127.0.0.1:\(port)") { attached in
            let loss = try await attached.waitForLoss()
            #expect(loss.reason == "connection refused")
            #expect(loss.since == Date(timeIntervalSince1970: 1_000_000))
            #expect(loss.nextTry == Date(timeIntervalSince1970: 1_000_000.5))
        }
    }

    @Test("A redirect is not followed, so that the token goes nowhere else")
    func redirect() async throws {
        try await RawServer.run(answering: { _ in .http() }) { other in
            let answer = RawAnswer.http("307 Temporary Redirect", ["Location: http://127.0.0.1:\(other.port)/"])
            try await Attached.run(answering: { _ in answer }, token: "secret") { attached, server in
                let reason = try await attached.waitForLoss().reason
                #expect(reason == "redirected to http://127.0.0.1:\(other.port)/, which is not followed")
                #expect(server.record.requests[0].headers["authorization"] == "Bearer secret")
            }
            #expect(other.record.connections == 0)
        }
    }

    @Test("A line or an event that is too large ends the connection", arguments: ["data: 1\n", "x"])
    func tooLarge(piece: String) async throws {
        var limits = RemoteLimits()
        limits.maximumEventSize = 100_000
        let head = Array(Self.head.utf8)
        let reason = try await loss(limits: limits, .endless(head, Array(String(repeating: piece, count: 1000).utf8)))
            .reason
        #expect(reason == "not what Evenkeel answers: an event of more than 100000 bytes")
    }

    @Test("A list that is too large, or no list, is an error")
    func list() async throws {
        var limits = RemoteLimits()
        limits.maximumListSize = 10
        for (body, words) in [("[1,2,3,4,5,6]", "an answer that is too large"), ("{}", "not the JSON promised")] {
            try await Attached.run(
                answering: { $0.requestLine.contains("stream") ? .nothing : .http(body: body) },
                limits: limits
            ) { attached, _ in
                let error = await failure {
                    try await attached.remote.listUsers(for: .test, policy: .useCache)
                }
                #expect(error == ServiceError(.badUpstream, message: "not what Evenkeel answers: \(words)"))
            }
        }
    }

    @Test("A server that never answers is given up after 15 s")
    func hang() async throws {
        try await Attached.run(answering: { _ in .nothing }) { attached, server in
            try await server.wait { $0.requests.count == 1 }
            try await attached.clock.waitForSleepers(1)
            attached.clock.advance(by: .seconds(15))
            #expect(try await attached.waitForLoss().reason == "silent for 15 s")
        }
    }

    @Test("A request that is never answered may have been done all the same")
    func hangingRequest() async throws {
        try await Attached.run(answering: { _ in .nothing }) { attached, server in
            async let fate = attached.remote.submit(.init(id: "1", name: "a", userID: "1"), whenDown: nil, for: .test)
            try await server.wait { $0.requests.count == 2 }
            try await attached.clock.waitForSleepers(2)
            attached.clock.advance(by: .seconds(30))
            do {
                _ = try await fate
                Issue.record("there was an answer")
            } catch {
                #expect((error as? ServiceError)?.kind == .timedOut)
            }
        }
    }

    @Test("Half an event is no sign of life")
    func half() async throws {
        var limits = RemoteLimits()
        // Else the watch would sleep until the stream has to begin, and only then until the silence is too long.
        limits.beginTimeout = limits.silenceTimeout
        let half = RawAnswer.text(ReconnectTests.stream + "data: {")
        try await Attached.run(answering: { _ in half }, limits: limits) { attached, _ in
            try await attached.waitForConnection()
            try await attached.clock.waitForSleepers(1)
            attached.clock.advance(by: .seconds(40))
            #expect(try await attached.waitForLoss().reason == "silent for 40 s")
        }
    }
}
