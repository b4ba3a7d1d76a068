/// Looks for a text in others, whatever the case of their letters.
///
/// The time grows with the length of the other text alone (Knuth, Morris and Pratt 1977), whatever both are: they come from
/// two sides that neither trust each other nor Evenkeel. Letters are the same if they are after turning both texts into
/// upper and then lower case, so that ß is found as SS; accents are part of a letter, as it is spelled.
struct CaseInsensitiveSearch: Sendable, Equatable {
    private let needle: [UInt8]
    /// For each length of a match, the length of the next shorter one that may go on where it failed.
    private let shorter: [Int]

    init(_ text: String) {
        needle = Array(Self.folded(text).utf8)
        var shorter = [0]
        var length = 0
        for byte in needle.dropFirst() {
            length = Self.extended(length, by: byte, needle, shorter)
            shorter.append(length)
        }
        self.shorter = shorter
    }

    /// Whether the text is in some well-formed UTF-8; an empty text is in every one.
    func isFound(in text: UnsafeRawBufferPointer) -> Bool {
        guard !needle.isEmpty else { return true }
        if text.allSatisfy({ $0 < 0x80 }) { return isFound(inFolded: text) { $0.lowercasedASCII } }
        return isFound(inFolded: Self.folded(String(decoding: text, as: UTF8.self)).utf8) { $0 }
    }

    private func isFound(inFolded text: some Sequence<UInt8>, _ fold: (UInt8) -> UInt8) -> Bool {
        var length = 0
        for byte in text {
            length = Self.extended(length, by: fold(byte), needle, shorter)
            if length == needle.count { return true }
        }
        return false
    }

    private static func extended(_ length: Int, by byte: UInt8, _ needle: [UInt8], _ shorter: [Int]) -> Int {
        var length = length
        while length > 0, needle[length] != byte { length = shorter[length - 1] }
        return needle[length] == byte ? length + 1 : 0
    }

    private static func folded(_ text: String) -> String {
        text.uppercased().lowercased()
    }
}

extension UInt8 {
    fileprivate var lowercasedASCII: UInt8 {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self ? self | 0x20 : self
    }
}
