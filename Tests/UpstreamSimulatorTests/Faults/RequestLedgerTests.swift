import Testing

@testable import UpstreamSimulator

@Suite struct RequestLedgerTests {
    @Test func `It counts arrivals per route and the most at once`() {
        var ledger = RequestLedger()
        ledger.begin(.getUsers)
        ledger.begin(.addEvent)
        ledger.end(abandoned: false)
        ledger.begin(.addEvent)
        #expect(ledger.arrived == [.getUsers: 1, .addEvent: 2])
        #expect(ledger.underWay == 2)
        #expect(ledger.peak == 2)
        #expect(ledger.abandoned == 0)
    }

    @Test func `A reset forgets the counts but not what is under way`() {
        var ledger = RequestLedger()
        for _ in 1...3 { ledger.begin(.getEvents) }
        ledger.end(abandoned: true)
        ledger.reset()
        #expect(ledger.arrived.isEmpty)
        #expect(ledger.abandoned == 0)
        #expect(ledger.underWay == 2)
        #expect(ledger.peak == 2)
    }
}
