/// How many answers there were, and how many of them were bad.
public struct AnswerCounts: Sendable, Equatable {
    /// All answers that counted, the bad ones among them.
    public var answers: UInt64
    /// Those that were not as promised.
    public var bad: UInt64

    /// Creates counts from their parts.
    public init(answers: UInt64 = 0, bad: UInt64 = 0) {
        self.answers = answers
        self.bad = bad
    }

    mutating func count(isBad: Bool) {
        answers += 1
        if isBad { bad += 1 }
    }

    static func += (sum: inout AnswerCounts, other: AnswerCounts) {
        sum.answers += other.answers
        sum.bad += other.bad
    }

    static func -= (sum: inout AnswerCounts, other: AnswerCounts) {
        sum.answers -= other.answers
        sum.bad -= other.bad
    }
}
