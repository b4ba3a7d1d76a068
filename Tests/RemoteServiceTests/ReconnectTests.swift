import EventService
import Foundation
import NetworkTestSupport
import Resilience
import TestSupport
import Testing

@testable import RemoteService

@Suite("Connecting again", .timeLimit(.minutes(3)))
struct ReconnectTests {
    static let snapshot = #"""
        {"takenAt":"2026-11-30T12:31:05.000Z","resumed":false,"missedEntries":0,"entries":[],"lanes":[],"breakers":[],
        "service":{"phase":"serving","upstream":{"url":"http://events.test"}},"later":[{}]}
        """#.replacing("\n", with: "")

    static let stream =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nretry: 1\n\nevent: snapshot\nid: b-7\ndata: \(snapshot)\n\n"

    @Test("It is tried again after half a second, and then after twice as long each time, 10 s at most")
    func backoff() async throws {
        try await Attached.run(answering: { _ in .http("500 Oh") }) { attached, server in
            for (attempt, milliseconds) in [500, 1000, 2000, 4000, 8000, 10_000, 10_000].enumerated() {
                let now = attached.remote.now
                let loss = try await attached.waitForLoss()
                #expect(loss.nextTry.timeIntervalSince(now) == Double(milliseconds) / 1000)
                #expect(server.record.requests.count == attempt + 1)
                attached.clock.advance(by: .milliseconds(milliseconds - 1))
                #expect(attached.clock.sleepers == 1)
                attached.clock.advance(by: .milliseconds(1))
                try await server.wait { $0.requests.count == attempt + 2 }
            }
        }
    }

    @Test("Once connected for a while, waits begin with the first again; the snapshot stays, and its id is given back")
    func resumes() async throws {
        let answers = Observed([RawAnswer.http("500 Oh"), .http("500 Oh"), .text(Self.stream)])
        let next: @Sendable (RawRequest) -> RawAnswer = { _ in
            answers.change { $0.isEmpty ? .nothing : $0.removeFirst() }
        }
        try await Attached.run(answering: next) { attached, server in
            for (attempt, milliseconds) in [500, 1000].enumerated() {
                _ = try await attached.waitForLoss()
                attached.clock.advance(by: .milliseconds(milliseconds))
                try await server.wait { $0.requests.count == attempt + 2 }
            }
            try await attached.waitForConnection()
            try await attached.clock.waitForSleepers(1)
            attached.clock.advance(by: .seconds(40))
            let loss = try await attached.waitForLoss()
            #expect(loss.reason == "silent for 40 s")
            #expect(loss.since == RFC3339.date(of: "2026-11-30T12:31:05Z"))
            #expect(loss.nextTry.timeIntervalSince(loss.since) == 40.5)
            #expect(attached.remote.known().snapshot?.upstream.url == "http://events.test")
            attached.clock.advance(by: .milliseconds(500))
            try await server.wait { $0.requests.count == 4 }
            #expect(server.record.requests.map { $0.headers["last-event-id"] } == [nil, nil, nil, "b-7"])
            // While it is tried, nobody knows when the next try is.
            guard case .lost(_, nil, _) = attached.remote.known().connection?.state else {
                Issue.record("it isn't tried")
                return
            }
        }
    }

    @Test("A service that ends each connection at once is asked as rarely as one that makes none")
    func endsAtOnce() async throws {
        try await Attached.run(answering: { _ in .textThenClose(Self.stream) }) { attached, server in
            for (attempt, milliseconds) in [500, 1000, 2000, 4000, 8000, 10_000].enumerated() {
                let loss = try await attached.waitForLoss()
                #expect(loss.reason == "the connection was closed")
                #expect(loss.nextTry.timeIntervalSince(loss.since) == Double(milliseconds) / 1000)
                attached.clock.advance(by: .milliseconds(milliseconds))
                try await server.wait { $0.requests.count == attempt + 2 }
            }
        }
    }

    @Test("Whoever asks for time gets it")
    func retryAfter() async throws {
        let answer = RawAnswer.http("503 Busy", body: #"{"detail":"100 streams are open","retryAfter":17}"#)
        try await Attached.run(answering: { _ in answer }) { attached, _ in
            let loss = try await attached.waitForLoss()
            #expect(loss.reason == "100 streams are open (503)")
            #expect(loss.nextTry.timeIntervalSince(loss.since) == 17)
        }
    }

    @Test("A path before the API's own, and what every request says")
    func prefix() async throws {
        let stream = RawAnswer.text(Self.stream)
        try await Attached.run(
            answering: { $0.requestLine.contains("stream") ? stream : .http(body: "[]") },
            path: "/behind/a/proxy",
            token: "secret"
        ) { attached, server in
            try await attached.waitForConnection()
            _ = try await attached.remote.listEvents(ofUser: "a/../b?c", for: .test, policy: .reload)
            try await attached.remote.probe(.addEvent)
            let requests = server.record.requests
            #expect(
                requests.map(\.requestLine) == [
                    "GET /behind/a/proxy/v1/stream HTTP/1.1",
                    "GET /behind/a/proxy/getEventsByUserId/a%2F..%2Fb%3Fc?partial=true HTTP/1.1",
                    "POST /behind/a/proxy/v1/breakers/addEvent/probe HTTP/1.1",
                ]
            )
            #expect(requests.allSatisfy { $0.headers["authorization"] == "Bearer secret" })
            #expect(requests[1].headers["cache-control"] == "no-cache")
            #expect(requests[1].headers["x-request-id"] == "test-request")
        }
    }

    @Test("Times are those of the service")
    func time() async throws {
        let stream = RawAnswer.text(Self.stream)
        try await Attached.run(answering: { _ in stream }) { attached, _ in
            #expect(attached.remote.now == Date(timeIntervalSince1970: 1_000_000))
            try await attached.waitForConnection()
            attached.clock.advance(by: .seconds(3))
            #expect(attached.remote.now == RFC3339.date(of: "2026-11-30T12:31:08Z"))
        }
    }

    @Test("Waits are shortened by up to a half")
    func jitter() {
        let schedule = ReconnectSchedule(random: .constant(0.5))
        #expect(schedule.wait(after: .connection("lost"), attempts: 1) == .milliseconds(375))
        #expect(schedule.wait(after: .connection("lost"), attempts: 100) == .milliseconds(7500))
        #expect(schedule.wait(after: .unauthorized(status: 401, detail: nil), attempts: 1) == .seconds(30))
        #expect(
            schedule.wait(after: .status(503, detail: nil, retryAfter: .seconds(9999)), attempts: 1) == .seconds(60)
        )
        #expect(schedule.wait(after: .status(503, detail: nil, retryAfter: .zero), attempts: 2) == .milliseconds(750))
    }
}
