import Testing

@testable import UpstreamSimulator

@Suite struct OverloadWindowTests {
    @Test func `Five arrivals at once are accepted and the sixth is told to wait ten seconds`() {
        var window = OverloadWindow()
        for _ in 1...5 { #expect(window.arrive(at: .seconds(100)) == nil) }
        #expect(window.arrive(at: .seconds(100)) == 10)
    }

    @Test func `An arrival leaves the window after exactly ten seconds and not before`() {
        var early = OverloadWindow()
        var late = OverloadWindow()
        for _ in 1...5 {
            _ = early.arrive(at: .zero)
            _ = late.arrive(at: .zero)
        }
        #expect(early.arrive(at: .seconds(10) - .nanoseconds(1)) != nil)
        #expect(late.arrive(at: .seconds(10)) == nil)
    }

    @Test func `The advised wait is enough and rounded up to whole seconds`() {
        var window = OverloadWindow()
        for second in 0..<5 { #expect(window.arrive(at: .seconds(second)) == nil) }
        // The oldest of the latest five came at 1 s and leaves at 11 s.
        #expect(window.arrive(at: .milliseconds(4500)) == 7)
        #expect(window.arrive(at: .milliseconds(11_500)) == nil)
    }

    @Test func `Refused arrivals count, so hammering keeps it overloaded`() {
        var window = OverloadWindow()
        let answers = (0..<100).map { window.arrive(at: .seconds($0)) }
        #expect(answers.prefix(5).allSatisfy { $0 == nil })
        #expect(answers.dropFirst(5).allSatisfy { $0 != nil })
        #expect(window.arrive(at: .seconds(99 + 10)) == nil)
    }

    @Test func `A pace of one in two seconds is never refused`() {
        var window = OverloadWindow()
        #expect((0..<100).allSatisfy { window.arrive(at: .seconds($0 * 2)) == nil })
    }
}
