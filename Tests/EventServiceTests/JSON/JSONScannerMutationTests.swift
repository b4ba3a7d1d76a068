import Foundation
import TestSupport
import Testing

@testable import EventService

/// The scanner against Foundation's parser, on texts that differ from JSON by a few bytes.
@Suite("JSON scanner against Foundation")
struct JSONScannerMutationTests {
    private static let texts = [
        #"{"id":"1","name":"Ada \"L\" \u00e9 \ud83d\ude00","events":["a","b",""],"n":-12.5e+10,"t":true}"#,
        #" [ null , false , 0 , -0.0 , 1E5 , { "a" : { "b" : [ [ ] , { } ] } } , "é€😀" ] "#,
        #"{"":[{"":{"":"\\\/\b\f\n\r\t"}}],"x":[1,2,3],"y":1.0e-7}"#,
    ]

    /// Bytes that matter to JSON and UTF-8, so that a mutation often stays close to valid.
    private static let bytes =
        Array(#"{}[]:,"\ 0123456789.eE+-truefalsnbd/u"#.utf8) + [0x01, 0x7F, 0x80, 0xC3, 0xE2, 0xFF]

    @Test("agrees about 40,000 mutated texts", arguments: [1, 2, 3, 4] as [UInt64])
    func agreesWithFoundation(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var valid = 0
        for _ in 0..<10_000 {
            let text = mutated(using: &random)
            let error = scanError(text)
            if error == nil { valid += 1 }
            let agrees = (error == nil) == isFoundationJSON(text)
            try #require(agrees || isKnownDifference(text), "\(String(decoding: text, as: UTF8.self)): \(text)")
        }
        #expect(valid > 1000, "the mutations must not all be invalid")
    }

    private func mutated(using random: inout SplitMix64) -> [UInt8] {
        var text = Array(Self.texts[Int.random(in: 0..<Self.texts.count, using: &random)].utf8)
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let place = Int.random(in: 0..<text.count, using: &random)
            let byte = Self.bytes[Int.random(in: 0..<Self.bytes.count, using: &random)]
            switch Int.random(in: 0..<4, using: &random) {
            case 0: text.remove(at: place)
            case 1: text.insert(byte, at: place)
            case 2: text[place] = byte
            default: text.swapAt(place, Int.random(in: 0..<text.count, using: &random))
            }
        }
        return text
    }

    /// Where Foundation's parser departs from RFC 8259: it takes a comma before a closing bracket, and refuses numbers
    /// beyond the range of `Double`.
    private func isKnownDifference(_ text: [UInt8]) -> Bool {
        let text = String(decoding: text, as: UTF8.self)
        return text.contains(/,[ \t\n\r]*[\]}]/) || text.contains(/[eE]\+?[0-9]{3}/)
    }

    private func isFoundationJSON(_ text: [UInt8]) -> Bool {
        do {
            _ = try JSONSerialization.jsonObject(with: Data(text), options: .fragmentsAllowed)
            return true
        } catch {
            return false
        }
    }
}
