import EventService
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Synchronization
import Testing

@testable import HTTPAPI

@Suite("Counting requests")
struct RequestMeterTests {
    private func meter() -> RequestMeter {
        let operation = Operation(
            id: "a",
            tag: .events,
            summary: "A.",
            access: .open,
            answers: [.init(status: 200, description: "It.")]
        )
        let meter = RequestMeter()
        meter.expect([
            .get("/a", operation) { _, _ in Response(status: .ok) },
            Endpoint.get("/health", operation) { _, _ in Response(status: .ok) }.polled,
        ])
        return meter
    }

    @Test("what may well be answered is there with zero before it is")
    func expected() throws {
        let series = try #require(meter().statistics.routes["/a"]?.series.first)
        #expect(series.method == "GET")
        #expect(series.statuses.map(\.code) == [200, 500])
        #expect(series.statuses.map(\.count) == [0, 0])
    }

    @Test("requests count by method, route and status, with their time")
    func counts() throws {
        let meter = meter()
        for status in [200, 404, 200] { _ = meter.count(.get, "/a", status, .milliseconds(2)) }
        _ = meter.count(.head, "/a", 200, .milliseconds(2))
        let series = try #require(meter.statistics.routes["/a"]?.series)
        #expect(series.map(\.method) == ["GET", "HEAD"])
        #expect(series[0].statuses.map(\.code) == [200, 404, 500])
        #expect(series[0].statuses.map(\.count) == [2, 1, 0])
        #expect(series[0].durations.sum == .milliseconds(6))
        #expect(series[1].durations.count == 1)
    }

    @Test("what machines ask every few seconds is logged for debugging only")
    func level() {
        let meter = meter()
        #expect(meter.count(.get, "/health", 200, .zero) == ("/health", .debug))
        #expect(meter.count(.get, "/a", 200, .zero) == ("/a", .info))
        #expect(meter.count(.get, nil, 404, .zero) == ("unmatched", .info))
        #expect(meter.count(.get, "/unexpected", 404, .zero) == ("unmatched", .info))
    }

    @Test("no path and no method that a client makes up needs a place of its own")
    func bounded() throws {
        let meter = meter()
        for number in 0..<10_000 {
            let method = try #require(HTTPRequest.Method("M\(number)"))
            _ = meter.count(method, nil, 404, .zero)
            _ = meter.count(.post, nil, 404, .zero)
        }
        let statistics = meter.statistics
        #expect(statistics.routes.keys.sorted() == ["/a", "/health", "unmatched"])
        let series = try #require(statistics.routes["unmatched"]?.series)
        #expect(series.map(\.method).sorted() == ["POST", "other"])
        #expect(series.map { $0.statuses.map(\.count) } == [[10_000], [10_000]])
    }

    @Test("nothing is lost when many threads count")
    func threads() throws {
        let meter = meter()
        let torn = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: 8) { thread in
            for number in 0..<5_000 {
                meter.began()
                _ = meter.count(.get, "/a", thread.isMultiple(of: 2) ? 200 : 404, .milliseconds(1))
                if number.isMultiple(of: 500), let series = meter.statistics.routes["/a"]?.series.first {
                    let isWhole = series.statuses.map(\.count).reduce(0, +) == series.durations.count
                    if !isWhole { torn.add(1, ordering: .relaxed) }
                }
                meter.ended()
            }
        }
        #expect(torn.load(ordering: .relaxed) == 0)
        let series = try #require(meter.statistics.routes["/a"]?.series.first)
        #expect(series.statuses.map(\.count) == [20_000, 20_000, 0])
        #expect(series.durations.sum == .seconds(40))
        #expect(meter.underWay == 0)
    }
}
