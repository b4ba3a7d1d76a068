import TestSupport
import Testing

@testable import EventService

@Suite("Answers within windows")
struct AnswerWindowsTests {
    @Test("count in every window, and leave each when its step is as old as the window is long")
    func leaving() {
        var windows = AnswerWindows()
        windows.count(isBad: true, at: .seconds(14))
        windows.count(isBad: false, at: .seconds(15))
        for window in BurnWindow.allCases {
            windows.advance(to: window.length - .milliseconds(1))
            #expect(windows[window] == AnswerCounts(answers: 2, bad: 1), "\(window)")
            windows.advance(to: window.length)
            #expect(windows[window] == AnswerCounts(answers: 1), "\(window)")
            windows.advance(to: window.length + .seconds(15))
            #expect(windows[window] == AnswerCounts(), "\(window)")
        }
    }

    @Test("of a clock that is late count as of now")
    func late() {
        var windows = AnswerWindows()
        windows.count(isBad: false, at: .seconds(600))
        windows.count(isBad: true, at: .seconds(10))
        #expect(windows[.fiveMinutes] == AnswerCounts(answers: 2, bad: 1))
    }

    @Test("are what a list of all answers says", arguments: 0..<20)
    func model(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var windows = AnswerWindows()
        var all: [(step: Int64, isBad: Bool)] = []
        var now: Int64 = 0
        for _ in 0..<400 {
            now += [0, 1, 20, 290, 1500, 9000, 80_000].randomElement(using: &random) ?? 0
            let isBad = Bool.random(using: &random)
            windows.count(isBad: isBad, at: .seconds(now))
            all.append((now / 15, isBad))
            for window in BurnWindow.allCases {
                let within = all.filter { $0.step > now / 15 - window.length.components.seconds / 15 }
                let expected = AnswerCounts(
                    answers: UInt64(within.count),
                    bad: UInt64(within.count(where: \.isBad))
                )
                #expect(windows[window] == expected)
            }
        }
    }

    @Test("change by themselves when a step leaves a window with something bad in it")
    func nextChange() {
        var windows = AnswerWindows()
        #expect(windows.nextChange == nil)
        windows.count(isBad: true, at: .seconds(20))
        #expect(windows.nextChange == .seconds(15 + 300))
        windows.advance(to: .seconds(15 + 300))
        #expect(windows.nextChange == .seconds(15 + 1800))
        windows.advance(to: .seconds(15 + 6 * 3600))
        #expect(windows.nextChange == .seconds(15 + 24 * 3600))
        windows.advance(to: .seconds(15 + 24 * 3600))
        #expect(windows.nextChange == nil)
    }

    @Test("change by themselves, if nothing is bad, only when there was none for an hour")
    func silence() {
        var windows = AnswerWindows()
        windows.count(isBad: false, at: .seconds(0))
        windows.count(isBad: false, at: .seconds(40))
        #expect(windows.nextChange == .seconds(30 + 3600))
        windows.advance(to: .seconds(30 + 3600))
        #expect(windows.nextChange == nil)
    }
}
