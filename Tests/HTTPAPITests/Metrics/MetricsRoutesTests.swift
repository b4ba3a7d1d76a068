import EventService
import EventServiceTestSupport
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import HTTPAPI

@Suite("Metrics", .timeLimit(.minutes(3)))
struct MetricsRoutesTests {
    private func metrics(_ client: any TestClientProtocol) async throws -> Exposition {
        try Exposition(try await client.execute(uri: "/metrics", method: .get).text)
    }

    @Test("are served as Prometheus' text format 0.0.4, never from a cache")
    func headers() async throws {
        let response = try await APIHarness(.working()).answer("/metrics")
        #expect(response.status == .ok)
        #expect(response.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
        #expect(response.headers[.cacheControl] == "no-store")
    }

    @Test("each stands once, in one piece, with its kind in its name, and no series twice")
    func format() async throws {
        let harness = try APIHarness(.failing(.reset))
        try await harness.run { client in
            for path in ["/getEvents", "/nothing", "/getUsers"] {
                _ = try await client.execute(uri: path, method: .get)
            }
            let read = try await metrics(client)
            #expect(Set(read.families).count == read.families.count)
            let series = read.samples.map { "\($0.name)\($0.labels.sorted { $0.key < $1.key })" }
            #expect(Set(series).count == series.count)
            for (name, type) in read.types {
                #expect(name.hasSuffix("_total") == (type == "counter"), "\(name)")
                #expect(name.hasPrefix("evenkeel_") || name.hasPrefix("process_"), "\(name)")
            }
            let owners = read.samples.map { sample in
                read.families.first { family in
                    read.types[family] == "histogram"
                        ? ["_bucket", "_sum", "_count"].contains { sample.name == family + $0 } : sample.name == family
                }
            }
            let blocks = zip(owners, owners.dropFirst()).filter { $0 != $1 }.count + 1
            #expect(!owners.contains(nil))
            #expect(blocks == Set(owners).count, "a metric's samples stand together")
        }
    }

    @Test("count requests by method, route and status, and those under way")
    func requests() async throws {
        let harness = try APIHarness(.working(events: ["a"]))
        try await harness.run { client in
            for id in 1...3 { _ = try await client.execute(uri: "/getEventsByUserId/\(id)", method: .get) }
            _ = try await client.execute(uri: "/getEventsByUserId/1", method: .head)
            _ = try await client.execute(uri: "/random/1", method: .get)
            _ = try await client.execute(uri: "/random/2", method: .get)
            let read = try await metrics(client)
            let name = "evenkeel_http_requests_total"
            let route = "/getEventsByUserId/{id}"
            #expect(read.values(name, ["route": route, "method": "GET", "status": "200"]) == [3])
            #expect(read.values(name, ["route": route, "method": "HEAD", "status": "200"]) == [1])
            #expect(read.values(name, ["route": route, "method": "GET", "status": "503"]) == [0])
            #expect(read.values(name, ["route": "unmatched"]) == [2])
            #expect(
                read.values("evenkeel_http_request_duration_seconds_count", ["route": route, "method": "GET"]) == [3]
            )
            #expect(read.values("evenkeel_http_requests_in_flight") == [1], "the one that asks")
        }
    }

    @Test("measure requests on the service's clock")
    func durations() async throws {
        let harness = try APIHarness(.working())
        harness.api.setScript { [clock = harness.clock] call, context throws(UpstreamError) in
            clock.advance(by: .milliseconds(40))
            return try await FakeEventsAPI.success()(call, context)
        }
        try await harness.run { client in
            _ = try await client.execute(uri: "/getUsers", method: .get)
            let read = try await metrics(client)
            let bucket = "evenkeel_http_request_duration_seconds_bucket"
            #expect(read.values(bucket, ["route": "/getUsers", "le": "0.025"]) == [0])
            #expect(read.values(bucket, ["route": "/getUsers", "le": "0.05"]) == [1])
            #expect(read.values("evenkeel_http_request_duration_seconds_sum", ["route": "/getUsers"]) == [0.04])
            #expect(read.values("evenkeel_upstream_attempt_duration_seconds_sum", ["route": "getUsers"]) == [0.04])
        }
    }

    @Test("tell of calls, attempts, retries and the breaker that they opened")
    func upstream() async throws {
        let harness = try APIHarness(.failing(.unexpectedStatus(500)))
        try await harness.run { client in
            for _ in 0..<2 { _ = try await client.execute(uri: "/getEvents", method: .get) }
            let read = try await metrics(client)
            let route = ["route": "getEvents"]
            #expect(
                read.values("evenkeel_upstream_attempts_total", ["route": "getEvents", "outcome": "unexpected_status"])
                    == [3]
            )
            #expect(
                read.values("evenkeel_upstream_calls_total", ["route": "getEvents", "outcome": "unexpected_status"])
                    == [1]
            )
            #expect(
                read.values("evenkeel_upstream_calls_total", ["route": "getEvents", "outcome": "circuit_open"]) == [1]
            )
            #expect(read.values("evenkeel_upstream_retries_total", route) == [2])
            #expect(read.values("evenkeel_breaker_state", ["route": "getEvents", "state": "OPEN"]) == [1])
            #expect(read.values("evenkeel_breaker_state", route).sorted() == [0, 0, 0, 0, 1])
            #expect(read.values("evenkeel_breaker_probe_wait_seconds", route) == [10])
            #expect(read.values("evenkeel_breaker_rejections_total", route) == [2])
            #expect(read.values("evenkeel_breaker_failures_in_window", route) == [3])
            let change = ["route": "getEvents", "from": "CLOSED", "to": "OPEN"]
            #expect(read.values("evenkeel_breaker_transitions_total", change) == [1])
            #expect(read.values("evenkeel_breaker_state", ["route": "getUsers", "state": "CLOSED"]) == [1])
        }
    }

    @Test("tell how what callers are promised is kept")
    func objectives() async throws {
        let harness = try APIHarness(.failing(.unexpectedStatus(500))) { $0.objectives[.getUsers] = nil }
        try await harness.run { client in
            for _ in 0..<5 { _ = try await client.execute(uri: "/getEvents", method: .get) }
            let read = try await metrics(client)
            let labels = ["route": "getEvents", "objective": "availability"]
            func with(_ name: String, _ value: String) -> [String: String] { labels.merging([name: value]) { $1 } }
            #expect(read.values("evenkeel_slo_target_ratio", labels) == [0.995])
            #expect(read.values("evenkeel_slo_answers_total", with("result", "bad")) == [5])
            #expect(read.values("evenkeel_slo_answers_total", with("result", "good")) == [0])
            #expect(read.values("evenkeel_slo_burn_rate", with("window", "5m")).map { $0.rounded() } == [200])
            #expect(read.values("evenkeel_slo_error_budget_left_ratio", labels).map { $0.rounded() } == [-199])
            #expect(read.values("evenkeel_slo_alert", with("alert", "fastBurn")) == [1])
            #expect(read.values("evenkeel_slo_alert", with("alert", "none")) == [0])
            #expect(read.values("evenkeel_slo_target_ratio", ["route": "getUsers"]).isEmpty)
        }
    }

    @Test("tell of what was accepted for later and what came of it, of requests with a key, and of stores that fail")
    func outbox() async throws {
        let stores = FakeStores()
        let harness = try APIHarness(.failing(.refused), stores: stores)
        try await harness.run { client in
            func post(_ path: String, _ headers: HTTPFields, id: String) async throws {
                let body = ByteBuffer(string: #"{"id":"\#(id)","name":"n","userId":"1"}"#)
                _ = try await client.execute(uri: path, method: .post, headers: headers, body: body)
            }
            let prefer = try #require(HTTPField.Name("Prefer"))
            let key = try #require(HTTPField.Name("Idempotency-Key"))
            for id in ["a", "b", "b"] { try await post("/addEvent", [prefer: "respond-async", key: id], id: id) }
            _ = try await client.execute(uri: "/v1/outbox/a", method: .delete)
            _ = try await client.execute(uri: "/v1/outbox/b/retry", method: .post)
            stores.idempotency.fail(StoreError(.noSpace, message: "full"))
            try await post("/v1/events", [key: "c"], id: "c")
            harness.clock.advance(by: .seconds(7))
            let read = try await metrics(client)
            #expect(read.values("evenkeel_outbox_accepted_total") == [2])
            #expect(read.values("evenkeel_outbox_decisions_total", ["decision": "discard"]) == [1])
            #expect(read.values("evenkeel_outbox_decisions_total", ["decision": "retry"]) == [1])
            #expect(read.values("evenkeel_idempotent_requests_total", ["result": "first"]) == [2])
            #expect(read.values("evenkeel_idempotent_requests_total", ["result": "repeated"]) == [1])
            #expect(read.values("evenkeel_idempotent_requests_total", ["result": "unclaimed"]) == [1])
            let failures = "evenkeel_store_failures_total"
            #expect(read.values(failures, ["store": "idempotency", "reason": "no_space"]) == [1])
            #expect(read.values(failures, ["store": "outbox"]).allSatisfy { $0 == 0 })
            #expect(read.values("evenkeel_outbox_entries", ["state": "waiting"]) == [0], "not looked at yet")
        }
    }

    @Test("tell of deliveries, and of how many events are how far and how long the oldest waits")
    func deliveries() async throws {
        let stores = FakeStores()
        let harness = try APIHarness(
            FakeEventsAPI { (call, _) throws(UpstreamError) in
                guard case .addEvent(let body) = call, !String(buffer: body).contains("bad") else {
                    throw .rejected(status: 422, message: nil)
                }
                return AnswerBody.added
            },
            stores: stores
        )
        for (id, user) in [("good", "1"), ("bad", "2")] {
            let event = ByteBuffer(string: #"{"id":"\#(id)","name":"n","userId":"\#(user)"}"#)
            let entry = OutboxEntry(id: id, userID: user, event: event, acceptedAt: harness.service.now, requestID: "r")
            _ = try await stores.outbox.add(entry)
        }
        _ = try await stores.outbox.add(
            OutboxEntry(
                id: "later",
                userID: "3",
                event: ByteBuffer(string: "{}"),
                acceptedAt: harness.service.now,
                requestID: "r"
            )
        )
        stores.outbox.change("later") { $0.nextAttemptAt = harness.service.now + OutboxEntry.longestPause.inSeconds }
        try await harness.run { client in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await harness.service.deliverOutbox() }
                while harness.service.snapshot().outbox?.status.refused != 1 {
                    harness.clock.advance(by: .milliseconds(250))
                    await Task.yield()
                }
                harness.service.stopDelivering()
                try await group.waitForAll()
            }
            let read = try await metrics(client)
            for outcome in ["delivered", "refused"] {
                #expect(read.values("evenkeel_outbox_deliveries_total", ["outcome": outcome]) == [1])
            }
            let states = ["waiting", "delivering", "delivered", "refused"].map {
                read.values("evenkeel_outbox_entries", ["state": $0])
            }
            #expect(states == [[1], [0], [1], [1]])
            let age = read.values("evenkeel_outbox_oldest_undelivered_age_seconds")
            #expect(age == [harness.service.now.timeIntervalSince1970 - 1_700_000_000])
        }
    }

    @Test("tell of fan-outs, of the version, and of lines that the log lost")
    func rest() async throws {
        let harness = try APIHarness(.working(events: ["a", "b"]))
        let api = HTTPAPI(
            service: harness.service,
            configuration: harness.configuration,
            logger: harness.logger,
            droppedLogLines: { 7 }
        )
        try await api.application().test(.router) { client in
            _ = try await client.execute(uri: "/getEventsByUserId/1", method: .get)
            let read = try await metrics(client)
            #expect(read.values("evenkeel_fan_out_elements_total") == [2])
            #expect(read.values("evenkeel_fan_out_elements_in_flight") == [0])
            #expect(read.values("evenkeel_build_info", ["version": harness.configuration.version]) == [1])
            #expect(read.values("evenkeel_log_lines_dropped_total") == [7])
        }
    }

    @Test("stay as many, whatever paths and methods clients make up")
    func bounded() async throws {
        let harness = try APIHarness(.working())
        try await harness.run { client in
            func ask(_ number: Int) async throws {
                _ = try await client.execute(uri: "/p\(number)/x?q=\(number)", method: .get)
                let method = try #require(HTTPRequest.Method("M\(number)"))
                _ = try await client.execute(uri: "/getUsers", method: method)
                _ = try await client.execute(uri: "/p\(number)", method: method)
            }
            try await ask(0)
            let before = try await metrics(client).samples.count
            for number in 1...200 { try await ask(number) }
            #expect(try await metrics(client).samples.count == before)
        }
    }
}
