/// How far a client of a stream has come: the identifier of each of its events.
struct StreamPosition: Equatable {
    /// The run of the process that the entries are numbered in.
    let boot: String

    /// The first timeline entry that the client has neither got nor missed.
    var nextEntry: UInt64

    /// As it stands in an event's `id` and in `Last-Event-ID`.
    var text: String { "\(boot)-\(nextEntry)" }
}

extension StreamPosition {
    /// Reads an identifier that a client gave back; `nil` where it is none.
    init?(_ text: String) {
        guard let dash = text.lastIndex(of: "-") else { return nil }
        let digits = text[text.index(after: dash)...]
        guard digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let nextEntry = UInt64(digits)
        else { return nil }
        self.init(boot: String(text[..<dash]), nextEntry: nextEntry)
    }
}
