import EventService

// What was told by others has to be small enough to calculate with, and to keep.

extension Duration {
    /// A time told in milliseconds, at most 30 years and never negative.
    init(told milliseconds: Int64) {
        self = .milliseconds(min(max(0, milliseconds), 1_000_000_000_000))
    }

    /// A time told in milliseconds and parts of them, at most 30 years and never negative.
    init(toldMilliseconds milliseconds: Double) {
        self = .milliseconds(min(max(0, milliseconds), 1e12))
    }
}

extension Int {
    /// A number that was told, at most a billion and never negative.
    init(told number: Int64) {
        self = Int(Swift.min(Swift.max(0, number), 1_000_000_000))
    }
}

extension String {
    /// The beginning of a text that was told, long enough for whatever is shown.
    init(told text: String) {
        self = String(text.unicodeScalars.prefix(1000))
    }
}

extension Array {
    /// The last of the elements that were told.
    init(told elements: [Element], atMost limit: Int) {
        self = elements.count > limit ? Array(elements.suffix(limit)) : elements
    }
}
