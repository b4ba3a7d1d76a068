import EventService
import Foundation
import Testing

@Suite("Status of an objective")
struct ObjectiveStatusTests {
    /// Answers within the windows, as many bad ones in each.
    private func status(_ answers: UInt64, bad: [BurnWindow: UInt64], target: Double = 0.99) -> ObjectiveStatus {
        ObjectiveStatus(
            route: .getUsers,
            kind: .availability,
            target: target,
            since: .distantPast,
            windows: Dictionary(
                uniqueKeysWithValues: BurnWindow.allCases.map {
                    ($0, AnswerCounts(answers: answers, bad: bad[$0] ?? 0))
                }
            )
        )
    }

    @Test("burns at the rate at which the share of bad answers is what it may be")
    func rate() {
        let status = status(1000, bad: [.hour: 10, .fiveMinutes: 144, .day: 5])
        #expect(abs(status.burnRate(.hour) - 1) < 1e-9)
        #expect(abs(status.burnRate(.fiveMinutes) - 14.4) < 1e-9)
        #expect(status.burnRate(.halfHour) == 0)
        #expect(abs(status.budgetLeft - 0.5) < 1e-9)
    }

    @Test("has more spent than there was where more was bad than may be")
    func overspent() {
        #expect(abs(status(100, bad: [.day: 4]).budgetLeft + 3) < 1e-9)
    }

    @Test("has its whole budget and no rate without an answer")
    func empty() {
        let status = ObjectiveStatus(route: .addEvent, kind: .availability, target: 0.99, since: .distantPast)
        #expect(status.hasNoTraffic)
        #expect(status.budgetLeft == 1)
        #expect(status.burnRate(.fiveMinutes) == 0)
        #expect(status.alert == .none)
    }

    @Test("burns fast only if the hour and the last five minutes do")
    func fast() {
        #expect(status(1000, bad: [.hour: 145, .fiveMinutes: 145]).alert == .fastBurn)
        #expect(status(1000, bad: [.hour: 145, .fiveMinutes: 143]).alert == .none)
        #expect(status(1000, bad: [.hour: 143, .fiveMinutes: 145]).alert == .none)
    }

    @Test("burns slowly if six hours and the last half hour do")
    func slow() {
        #expect(status(1000, bad: [.sixHours: 61, .halfHour: 61]).alert == .slowBurn)
        #expect(status(1000, bad: [.sixHours: 61, .halfHour: 59]).alert == .none)
        let both = status(1000, bad: [.sixHours: 61, .halfHour: 61, .hour: 145, .fiveMinutes: 145])
        #expect(both.alert == .fastBurn)
    }

    @Test("burns by no more than a few bad answers, however few there are")
    func few() {
        #expect(status(4, bad: [.hour: 4, .fiveMinutes: 4, .sixHours: 4, .halfHour: 4]).alert == .none)
        #expect(status(5, bad: [.hour: 5, .fiveMinutes: 5]).alert == .fastBurn)
    }

    @Test("can burn fast with the least that may be promised")
    func least() {
        #expect(status(10, bad: [.hour: 10, .fiveMinutes: 10], target: 0.95).alert == .fastBurn)
    }
}
