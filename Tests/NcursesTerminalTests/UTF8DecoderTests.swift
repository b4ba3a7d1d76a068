import TestSupport
import Testing

@testable import NcursesTerminal

@Suite("UTF-8 decoder")
struct UTF8DecoderTests {
    private func decode(_ bytes: [UInt8]) -> String {
        var decoder = UTF8Decoder()
        var text = String.UnicodeScalarView()
        func take(_ byte: UInt8) {
            switch decoder.decode(byte) {
            case .incomplete, .invalid: break
            case .scalar(let scalar): text.append(scalar)
            case .cutShort: take(byte)
            }
        }
        bytes.forEach(take)
        return String(text)
    }

    @Test("Every scalar survives")
    func everyScalar() {
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            var decoder = UTF8Decoder()
            var last = UTF8Decoder.Step.invalid
            for byte in UTF8.encode(scalar) ?? .init() {
                last = decoder.decode(byte)
            }
            if last != .scalar(scalar) || decoder.isIncomplete {
                Issue.record("U+\(String(value, radix: 16)) became \(last)")
            }
        }
    }

    @Test(
        "Invalid bytes are dropped and nothing after them",
        arguments: [
            [0x61, 0xFF, 0x62], [0x61, 0x80, 0x62], [0x61, 0xC3, 0x62], [0x61, 0xE2, 0x82, 0x62],
            [0x61, 0xC0, 0xAF, 0x62],
            [0x61, 0xED, 0xA0, 0x80, 0x62], [0x61, 0xF4, 0x90, 0x80, 0x80, 0x62], [0x61, 0xF0, 0x80, 0x80, 0x80, 0x62],
            [0x61, 0xE0, 0x80, 0xAF, 0x62],
        ] as [[UInt8]]
    )
    func invalid(bytes: [UInt8]) {
        #expect(decode(bytes) == "ab")
    }

    @Test("A scalar cut short by another costs only itself")
    func cutShort() {
        #expect(decode([0xE6, 0x97, 0xE6, 0x97, 0xA5]) == "日")
    }

    @Test("It agrees with the standard library on random bytes", arguments: 1...10 as ClosedRange<UInt64>)
    func randomBytes(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<500 {
            let bytes = (0..<40).map { _ -> UInt8 in
                Bool.random(using: &random)
                    ? .random(in: 0x80...0xFF, using: &random) : .random(in: 0x20...0x7E, using: &random)
            }
            let expected = String(decoding: bytes, as: UTF8.self).unicodeScalars.filter { $0 != "\u{FFFD}" }
            #expect(decode(bytes) == String(String.UnicodeScalarView(expected)))
        }
    }
}
