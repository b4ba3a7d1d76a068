import EventService
import NIOHTTP1
import Testing

@testable import RemoteService

@Suite("Where an answer is from, by its header")
struct FreshnessHeaderTests {
    private func freshness(_ status: String, age: String? = nil) -> Freshness {
        var headers: HTTPHeaders = ["cache-status": status]
        if let age { headers.add(name: "age", value: age) }
        return Freshness(headers)
    }

    @Test("Asked for, kept, and stale with the reason")
    func sources() {
        #expect(freshness("evenkeel; fwd=miss") == Freshness(.fetched(.absent), age: .zero, remaining: .zero))
        #expect(
            freshness("evenkeel; hit; ttl=1", age: "3") == Freshness(.cached, age: .seconds(3), remaining: .seconds(1))
        )
        let stale = freshness("evenkeel; hit; ttl=-5; detail=circuit-open", age: "6")
        #expect(stale.staleReason == ServiceError(.circuitOpen, message: "service down, try later"))
        #expect(stale.age == .seconds(6))
        #expect(freshness("evenkeel; fwd=stale; ttl=-5; detail=timed-out").staleReason?.kind == .timedOut)
    }

    @Test("Nonsense is no reason to fail", arguments: ["", ";;==", "x; ttl=abc; =", "a; detail"])
    func nonsense(status: String) {
        #expect(freshness(status, age: "-1").age == .zero)
    }
}
