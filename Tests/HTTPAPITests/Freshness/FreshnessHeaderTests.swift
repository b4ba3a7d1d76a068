import EventService
import Testing

@testable import HTTPAPI

@Suite("Cache-Status and Age")
struct FreshnessHeaderTests {
    private static let busy = ServiceError(.busy, message: "service busy")
    private static let open = ServiceError(.circuitOpen, message: "service down, try later")

    @Test(
        "say by which way the answer came, and how old it is",
        arguments: [
            (Freshness.Source.fetched(.absent), 20, "evenkeel; fwd=miss", nil),
            (.fetched(.expired), 20, "evenkeel; fwd=stale", nil),
            (.fetched(.reload), 20, "evenkeel; fwd=request", nil),
            (.fetched(.off), 20, "evenkeel; fwd=bypass", nil),
            (.joined(.absent), 1_999, "evenkeel; fwd=miss; collapsed", "1"),
            (.joined(.reload), 0, "evenkeel; fwd=request; collapsed", "0"),
            (.cached, 1, "evenkeel; hit; ttl=9", "0"), (.cached, 9_999, "evenkeel; hit; ttl=0", "9"),
            (.stale(because: busy), 10_001, "evenkeel; fwd=stale; ttl=-1; detail=busy", "10"),
            (.stale(because: open), 12_000, "evenkeel; hit; ttl=-2; detail=circuit-open", "12"),
        ] as [(Freshness.Source, Int, String, String?)]
    )
    func fields(source: Freshness.Source, milliseconds: Int, status: String, age: String?) {
        let duration = Duration.milliseconds(milliseconds)
        let freshness = Freshness(source, age: duration, remaining: .seconds(10) - duration)
        #expect(freshness.cacheStatus == status)
        #expect(freshness.ageHeader == age)
    }
}
