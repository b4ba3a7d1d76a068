import TestSupport
import Testing

@testable import EventService

@Suite("Search whatever the case")
struct CaseInsensitiveSearchTests {
    @Test("finds what a plain search finds", arguments: [1, 2] as [UInt64])
    func model(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let letters = ["a", "A", "b", "é", "É"]
        func text(_ count: Int) -> String {
            (0..<count).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)] }.joined()
        }
        var found = 0
        for _ in 0..<3_000 {
            let (haystack, needle) = (
                text(Int.random(in: 0...12, using: &random)), text(Int.random(in: 0...4, using: &random))
            )
            let expected = needle.isEmpty || haystack.lowercased().contains(needle.lowercased())
            if expected { found += 1 }
            #expect(isFound(needle, in: haystack) == expected, "\(needle) in \(haystack)")
        }
        #expect((500...2_500).contains(found))
    }

    @Test(
        "takes letters of either case and form for the same",
        arguments: [
            ("STRASSE", "Straße"), ("straße", "STRASSE"), ("ς", "ΣΑΣ"), ("\u{212A}", "K"), ("k", "\u{212A}"),
            ("ﬁ", "FIN"),
        ]
    )
    func folding(needle: String, haystack: String) {
        #expect(isFound(needle, in: haystack))
    }

    @Test("takes accents as they are spelled", arguments: [("e", "É"), ("é", "e\u{301}"), ("aé", "ae")])
    func accents(needle: String, haystack: String) {
        #expect(!isFound(needle, in: haystack))
    }

    @Test("takes as long for a hostile text as for any other", .timeLimit(.minutes(1)))
    func hostile() {
        let haystack = String(repeating: "a", count: 1_000_000)
        #expect(!isFound(String(repeating: "a", count: 5_000) + "b", in: haystack))
    }

    private func isFound(_ needle: String, in haystack: String) -> Bool {
        Array(haystack.utf8).withUnsafeBytes { CaseInsensitiveSearch(needle).isFound(in: $0) }
    }
}
