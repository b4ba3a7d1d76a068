import DequeModule

/// The answers of the last five minutes, half hour, hour, six hours and day, as five sums that move with the time.
///
/// Kept in steps of a quarter minute, those without an answer not at all: at most 5,761 of them, 12 bytes each. Counting one
/// answer and moving on cost the same on average, however many answers there are.
struct AnswerWindows {
    /// How long a step is: every window ends with the one under way, and so is up to that much shorter than it says.
    static let step = Duration.seconds(stepSeconds)
    private static let stepSeconds: Int64 = 15

    private static func number(_ time: Duration) -> Int32 { Int32(clamping: time.components.seconds / stepSeconds) }

    private struct Step {
        /// Counted from the clock's beginning.
        let number: Int32
        var answers: UInt32 = 0
        var bad: UInt32 = 0

        var counts: AnswerCounts { AnswerCounts(answers: UInt64(answers), bad: UInt64(bad)) }
    }

    /// The steps within a window: those from `start` on, which counts all steps that there ever were.
    private struct Sum {
        var counts = AnswerCounts()
        var start = 0
    }

    private var steps: Deque<Step> = []
    private var forgotten = 0
    private var sums = [Sum](repeating: Sum(), count: BurnWindow.allCases.count)
    private var current: Int32 = .min

    /// What was counted within a window, as of the last time that it was told.
    subscript(window: BurnWindow) -> AnswerCounts { sums[window.rawValue].counts }

    /// Counts an answer.
    /// - Parameter now: A time that is not before the last one, or counts as that.
    mutating func count(isBad: Bool, at now: Duration) {
        advance(to: now)
        if steps.last?.number != current { steps.append(Step(number: current)) }
        steps[steps.count - 1].answers += 1
        if isBad { steps[steps.count - 1].bad += 1 }
        for index in sums.indices { sums[index].counts.count(isBad: isBad) }
    }

    /// Lets go of what is too old by now.
    mutating func advance(to now: Duration) {
        let number = Self.number(now)
        guard number > current else { return }
        current = number
        for window in BurnWindow.allCases { shorten(window) }
        let outdated = sums[BurnWindow.day.rawValue].start - forgotten
        if outdated > 0 {
            steps.removeFirst(outdated)
            forgotten += outdated
        }
    }

    private mutating func shorten(_ window: BurnWindow) {
        let index = window.rawValue
        let last = current - Self.number(window.length)
        while sums[index].start - forgotten < steps.count {
            let oldest = steps[sums[index].start - forgotten]
            guard oldest.number <= last else { return }
            sums[index].counts -= oldest.counts
            sums[index].start += 1
        }
    }

    /// When something about the rates changes without another answer: the oldest step leaves a window that has a bad answer,
    /// or the newest one the hour after which a route is without traffic; `nil` if nothing does.
    var nextChange: Duration? {
        let numbers = BurnWindow.allCases.compactMap { window -> Int32? in
            let sum = sums[window.rawValue]
            guard sum.counts.bad > 0 else { return nil }
            return steps[sum.start - forgotten].number + Self.number(window.length)
        }
        let silence = sums[BurnWindow.traffic.rawValue].counts.answers > 0 ? steps.last : nil
        let silentAt = silence.map { $0.number + Self.number(BurnWindow.traffic.length) }
        return (numbers + [silentAt].compactMap { $0 }).min().map { .seconds(Int64($0) * Self.stepSeconds) }
    }
}
