import EventService
import EventServiceTestSupport
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import HTTPAPI

@Suite("What a client is told about how fresh an answer is", .timeLimit(.minutes(3)))
struct FreshnessTests {
    private static let routes = [
        "/getUsers", "/getEvents", "/getEventsByUserId/1", "/getEventsByUserId/1?partial=true",
    ]

    private func harness() throws -> APIHarness {
        try APIHarness(.working(events: ["a", "b"])) {
            $0.cache.lifetime = .seconds(1)
            $0.readRetries.maximum = 0
        }
    }

    @Test("A first answer, a kept one, a new one, a stale one", arguments: routes)
    func lifetime(route: String) async throws {
        let harness = try harness()
        let first = try await harness.answer(route)
        #expect(first.header("Cache-Status") == "evenkeel; fwd=miss")
        #expect(first.header("Age") == nil)
        #expect(first.header("Cache-Control") == "no-cache")

        let kept = try await harness.answer(route)
        #expect(kept.header("Cache-Status") == "evenkeel; hit; ttl=1")
        #expect(kept.header("Age") == "0")
        #expect(kept.header("ETag") == first.header("ETag"))
        #expect(kept.body == first.body)

        harness.clock.advance(by: .seconds(1))
        #expect(try await harness.answer(route).header("Cache-Status") == "evenkeel; fwd=stale")

        harness.clock.advance(by: .seconds(3))
        harness.api.setScript(FakeEventsAPI.failure(.refused))
        let stale = try await harness.answer(route)
        #expect(stale.status == .ok)
        #expect(stale.header("Cache-Status") == "evenkeel; fwd=stale; ttl=-2; detail=busy")
        #expect(stale.header("Age") == "3")
        #expect(stale.header("ETag") == first.header("ETag"))
    }

    @Test("no-cache, and max-age=0, make a new one; other directives don't", arguments: routes)
    func reload(route: String) async throws {
        let harness = try harness()
        _ = try await harness.answer(route)
        for value in ["no-cache", "No-Cache", "max-stale, no-cache", "max-age=0", "max-age = 0 ,x"] {
            let answer = try await harness.answer(route, headers: [.cacheControl: value])
            #expect(answer.header("Cache-Status") == "evenkeel; fwd=request", "\(value)")
        }
        for value in ["", "max-age=1", "x-no-cache", "no-cachet", "no-store"] {
            let answer = try await harness.answer(route, headers: [.cacheControl: value])
            #expect(answer.header("Cache-Status") == "evenkeel; hit; ttl=1", "\(value)")
        }
    }

    @Test("no-cache gets nothing past an open breaker", arguments: routes)
    func reloadWhileOpen(route: String) async throws {
        let harness = try harness()
        _ = try await harness.answer(route)
        harness.api.setScript(FakeEventsAPI.failure(.refused))
        for _ in 0..<3 { _ = try await harness.answer(route, headers: [.cacheControl: "no-cache"]) }
        harness.api.forgetCalls()
        let forced = try await harness.answer(route, headers: [.cacheControl: "no-cache"])
        #expect(forced.status == .serviceUnavailable)
        harness.clock.advance(by: .seconds(5))
        let stale = try await harness.answer(route)
        #expect(stale.header("Cache-Status") == "evenkeel; hit; ttl=-4; detail=circuit-open")
        #expect(harness.api.record.calls.isEmpty)
    }

    @Test("A client that has the answer gets 304 and no body", arguments: routes, [HTTPRequest.Method.get, .head])
    func notModified(route: String, method: HTTPRequest.Method) async throws {
        let harness = try harness()
        let tag = try #require(try await harness.answer(route).header("ETag"))
        for condition in [tag, "W/\(tag)", "\"x\", \(tag)", "*"] {
            let answer = try await harness.answer(route, method, headers: [.ifNoneMatch: condition])
            #expect(answer.status == .notModified)
            #expect(answer.body.readableBytes == 0)
            #expect(answer.header("ETag") == tag)
            #expect(answer.header("Cache-Control") == "no-cache")
            #expect(answer.header("Cache-Status") == "evenkeel; hit; ttl=1")
            #expect(answer.header("Age") == "0")
            #expect(answer.header("Content-Type") == nil)
        }
        #expect(try await harness.answer(route, method, headers: [.ifNoneMatch: "\"x\""]).status == .ok)
    }

    @Test("An event that was added changes the tag of what has it now")
    func tagChanges() async throws {
        let harness = try harness()
        let tag = try #require(try await harness.answer("/getEvents").header("ETag"))
        harness.api.setScript(FakeEventsAPI.success(events: ["a", "b", "c"]))
        let body = #"{"id":"c","name":"Talk","userId":"1"}"#
        let added = try await harness.answer("/addEvent", .post, headers: [.ifNoneMatch: "*"], body: body)
        #expect(added.status == .ok)
        let answer = try await harness.answer("/getEvents", headers: [.ifNoneMatch: tag])
        #expect(answer.status == .ok)
        #expect(answer.text.contains(#""id":"c""#))
        #expect(answer.header("ETag") != tag)
    }

    @Test("A list that lacks events is another answer than the complete one")
    func partial() async throws {
        let harness = try harness()
        harness.api.setScript { (call, context) throws(UpstreamError) in
            if call == .event(id: "b") { throw .refused }
            return try await FakeEventsAPI.success(events: ["a", "b"])(call, context)
        }
        let lacking = try await harness.answer("/getEventsByUserId/1?partial=true")
        #expect(lacking.header("Evenkeel-Missing") == "b")
        harness.api.setScript(FakeEventsAPI.success(events: ["a"]))
        let complete = try await harness.answer("/getEventsByUserId/1?partial=true")
        #expect(complete.body == lacking.body)
        #expect(complete.header("ETag") != lacking.header("ETag"))
    }
}
