import EventService
import EventServiceTestSupport
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

/// What a client reads when the events API fails.
@Suite("Problems of the events API, as a client reads them", .timeLimit(.minutes(3)))
struct UpstreamProblemTests {
    @Test("an open breaker: every member, to the byte")
    func circuitOpen() async throws {
        let harness = try APIHarness(.failing(.refused))
        _ = try await harness.answer("/getEvents")
        let response = try await harness.answer("/getEvents", headers: [.requestID: "r-1"])
        #expect(response.status == .serviceUnavailable)
        #expect(response.headers[.contentType] == "application/problem+json")
        #expect(response.headers[.cacheControl] == "no-store")
        #expect(response.headers[.retryAfter] == "10")
        #expect(response.headers[.contentLength] == "\(response.body.readableBytes)")
        #expect(
            response.text == #"{"type":"urn:evenkeel:problem:circuit-open","title":"Service temporarily unavailable","#
                + #""status":503,"detail":"service down, try later","instance":"r-1","success":false,"#
                + #""error":"Service temporarily unavailable","message":"service down, try later","#
                + #""retryAfter":10,"circuitBreakerState":"OPEN"}"#
        )
    }

    @Test(
        "Retry-After is in whole seconds, never less than the time left, and never 0",
        arguments: [
            (Duration.zero, "10"), (.nanoseconds(1), "10"), (.seconds(1), "9"), (.seconds(1) + .nanoseconds(1), "9"),
            (.milliseconds(8999), "2"), (.seconds(9), "1"), (.seconds(10) - .nanoseconds(1), "1"),
        ]
    )
    func retryAfter(passed: Duration, seconds: String) async throws {
        let harness = try APIHarness(.failing(.refused))
        _ = try await harness.answer("/getEvents")
        harness.clock.advance(by: passed)
        let response = try await harness.answer("/getEvents")
        #expect(response.headers[.retryAfter] == seconds)
        #expect(response.text.contains(#""retryAfter":\#(seconds),"#))
    }

    @Test("a half-open breaker whose probe is under way")
    func halfOpen() async throws {
        let harness = try APIHarness(.failing(.refused))
        _ = try await harness.answer("/getEventsByUserId/1")
        let gate = Gate()
        harness.api.forgetCalls()
        harness.api.setScript { (call, context) throws(UpstreamError) in
            try await gate.pass()
            return try await FakeEventsAPI.success()(call, context)
        }
        harness.clock.advance(by: .seconds(10))
        async let probe = harness.answer("/getEventsByUserId/1")
        try await harness.api.wait { $0.underWay == 1 }
        let response = try await harness.answer("/getEventsByUserId/2")
        #expect(response.status == .serviceUnavailable)
        #expect(response.text.contains(#""circuitBreakerState":"HALF_OPEN""#))
        #expect(response.headers[.retryAfter] == "5", "the longest that the attempt may take")
        gate.open()
        #expect(try await probe.status == .ok)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let error: UpstreamError
        let status: Int
        let type: String
        let message: String
        var retryAfter: String?

        var testDescription: String { error.description }
    }

    @Test(
        "each failure has its status, its type and its words",
        arguments: [
            Case(error: .refused, status: 503, type: "busy", message: "service busy"),
            Case(error: .reset, status: 503, type: "busy", message: "service busy"),
            Case(error: .unreachable("x"), status: 503, type: "busy", message: "service busy"),
            Case(error: .overloaded(status: 503, retryAfter: nil), status: 503, type: "busy", message: "service busy"),
            Case(
                error: .overloaded(status: 429, retryAfter: .milliseconds(6100)),
                status: 503,
                type: "busy",
                message: "service busy",
                retryAfter: "7"
            ),
            Case(
                error: .outOfDescriptors,
                status: 503,
                type: "out-of-descriptors",
                message: "Evenkeel has as many files and connections open as it may, and can't ask the events API"
            ),
            Case(
                error: .unexpectedStatus(500),
                status: 502,
                type: "bad-upstream",
                message: "bad answer from the events API to getEvents: status 500"
            ),
            Case(
                error: .malformed("why"),
                status: 502,
                type: "bad-upstream",
                message: "bad answer from the events API to getEvents: not the JSON promised: why"
            ),
            Case(
                error: .tooLarge(limit: 5),
                status: 502,
                type: "bad-upstream",
                message: "bad answer from the events API to getEvents: an answer of more than 5 bytes"
            ),
            Case(
                error: .truncated,
                status: 502,
                type: "bad-upstream",
                message: "bad answer from the events API to getEvents: connection closed in the middle of the answer"
            ),
            Case(
                error: .invalidHTTP("x"),
                status: 502,
                type: "bad-upstream",
                message: "bad answer from the events API to getEvents: not HTTP: x"
            ),
            Case(
                error: .notFound,
                status: 502,
                type: "bad-upstream",
                message: "the events API has no route getEvents: check EVENT_API_BASE_URL"
            ),
            Case(
                error: .timedOut(after: .seconds(2)),
                status: 504,
                type: "timed-out",
                message: "the events API did not answer getEvents within 2 s"
            ),
            Case(
                error: .cancelled,
                status: 499,
                type: "cancelled",
                message: "given up before the events API answered"
            ),
        ]
    )
    func table(expected: Case) async throws {
        // One attempt, so that the breaker stays closed and says nothing about when to come again.
        let harness = try APIHarness(.failing(expected.error)) { $0.readRetries.maximum = 0 }
        let response = try await harness.answer("/getEvents")
        let problem = try ReadProblem(response)
        #expect(response.status.code == expected.status)
        #expect(problem.status == expected.status)
        #expect(problem.type == "urn:evenkeel:problem:\(expected.type)")
        #expect(problem.message == expected.message)
        #expect(problem.detail == expected.message)
        #expect(problem.title == problem.error)
        #expect(!problem.title.isEmpty)
        #expect(problem.success == false)
        #expect(problem.instance == response.header("X-Request-Id"))
        #expect(response.headers[.retryAfter] == expected.retryAfter)
        #expect(problem.retryAfter.map(String.init) == expected.retryAfter)
        #expect(problem.details == nil)
    }

    @Test("an event that the events API refuses keeps its status", arguments: [400, 409, 413, 422])
    func refused(status: Int) async throws {
        let harness = try APIHarness(
            FakeEventsAPI { (call, context) throws(UpstreamError) in
                if call.route == .addEvent { throw .rejected(status: status, message: "no such \"luck\"") }
                return try await FakeEventsAPI.success()(call, context)
            }
        )
        let response = try await harness.answer("/addEvent", .post, body: #"{"name":"n","userId":"1"}"#)
        let problem = try ReadProblem(response)
        #expect(response.status.code == status)
        #expect(problem.type == "urn:evenkeel:problem:refused")
        #expect(problem.message == #"the events API refused the event: no such "luck""#)
    }

    @Test("ten events in a row in a busy time: five times 200, then service busy, then service down")
    func originalScenario() async throws {
        let harness = try APIHarness(
            FakeEventsAPI { (call, context) throws(UpstreamError) in
                try await FakeEventsAPI.success()(call, context)
            }
        )
        harness.api.setScript { [api = harness.api] (call, context) throws(UpstreamError) in
            if api.record.count(.addEvent) > 5 { throw .overloaded(status: 503, retryAfter: nil) }
            return try await FakeEventsAPI.success()(call, context)
        }
        var story: [String] = []
        for _ in 1...10 {
            let response = try await harness.answer("/addEvent", .post, body: #"{"name":"n","userId":"1"}"#)
            let message = response.status == .ok ? "added" : try ReadProblem(response).message
            story.append("\(response.status.code) \(message) \(response.headers[.retryAfter] ?? "-")")
        }
        #expect(
            story == Array(repeating: "200 added -", count: 5) + ["503 service busy 10"]
                + Array(repeating: "503 service down, try later 10", count: 4)
        )
    }
}
