import TestSupport
import Testing

@testable import RemoteService

@Suite("Silence of the other side", .timeLimit(.minutes(1)))
struct SilenceWatchTests {
    @Test("What comes after too long a silence, as to a process that stood still, is too late")
    func late() throws {
        let clock = ManualClock()
        let origin = clock.now
        let watch = SilenceWatch(.seconds(15), clock: clock) { origin.duration(to: clock.now) }
        clock.advance(by: .seconds(14))
        try watch.heard(allowing: .seconds(40))
        clock.advance(by: .seconds(39))
        try watch.heard(allowing: .seconds(40))
        clock.advance(by: .seconds(40))
        #expect(throws: RemoteFailure.silent(.seconds(40))) { try watch.heard(allowing: .seconds(40)) }
    }
}
