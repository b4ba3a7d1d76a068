/// What somebody looks for, without regard to case.
struct Needle: Equatable, Sendable {
    /// The text in lower case, without spaces at its ends.
    let text: String
    /// The same as bytes where all of it is ASCII: then a text can be searched without taking it apart into characters,
    /// which makes a key typed into the filter of twenty thousand users quick.
    private let bytes: [UInt8]?

    init(_ typed: String) {
        text = typed.lowercased().trimmingSpaces
        bytes = text.utf8.allSatisfy { $0 < 0x80 } ? Array(text.utf8) : nil
    }

    private init(lowercased text: String) {
        self.text = text
        bytes = text.utf8.allSatisfy { $0 < 0x80 } ? Array(text.utf8) : nil
    }

    var isEmpty: Bool { text.isEmpty }

    /// The same at the beginning of a word other than the first.
    var atWordStart: Needle { Needle(lowercased: " " + text) }

    func isFound(in haystack: String) -> Bool {
        isFound(inLowercased: haystack.lowercased())
    }

    func isFound(inLowercased haystack: String) -> Bool {
        guard let bytes, let first = bytes.first else { return isEmpty || haystack.contains(text) }
        var haystack = haystack
        return haystack.withUTF8 { hay in
            guard hay.count >= bytes.count else { return false }
            for start in 0...(hay.count - bytes.count)
            where hay[start] == first && hay[start..<start + bytes.count].elementsEqual(bytes) {
                return true
            }
            return false
        }
    }
}
