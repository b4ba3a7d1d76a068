import NIOCore
import Testing

@testable import EventService

@Suite("JSON scanner")
struct JSONScannerTests {
    @Test(
        "takes what RFC 8259 calls JSON",
        arguments: [
            // Literals and white space
            "null", "true", "false", " \t\r\n null \t\r\n ",
            // Numbers
            "0", "-0", "1", "-1", "10", "1234567890123456789012345678901234567890", "0.0", "-0.5", "1.25", "0e0", "0E0",
            "1e5", "1E5", "1e+5", "1e-5", "1.5e10", "-1.5E-10", "1e00001", "1e400", "0.00000000000000000000000001",
            // Strings
            #""""#, #""a""#, #""\"\\\/\b\f\n\r\t""#, #""\u0000""#, #""\u00e9""#, #""\uABCD""#, #""\uabcd""#,
            #""\ud834\udd1e""#, #""\uD834\uDD1E""#, #""\uDBFF\uDFFF""#, #""\ud7ff\ue000""#, "\"\u{7F}\"", "\"é\"",
            "\"\u{7FF}\u{800}\u{FFFF}\u{10000}\u{10FFFF}\"", "\"\u{D7FF}\u{E000}\"", "\"\u{2028}\u{2029}\"",
            // Arrays and objects
            "[]", "[ ]", "[1]", "[1,2]", "[ 1 , 2 ]", "[[],[[]]]", "{}", "{ }", #"{"":0}"#, #"{"a":1,"a":2}"#,
            #"{ "a" : [ { "b" : null } ] , "c" : "d" }"#,
        ]
    )
    func valid(text: String) {
        #expect(scanError(text) == nil)
    }

    @Test(
        "refuses what RFC 8259 does not call JSON, and says where",
        arguments: [
            ("", 0), ("   ", 3),
            // Literals
            ("nul", 0), ("nulL", 0), ("True", 0), ("truex", 4), ("undefined", 0), ("NaN", 0), ("Infinity", 0),
            // Numbers
            ("-", 1), ("+1", 0), ("01", 1), ("-01", 2), ("00", 1), (".5", 0), ("1.", 2), ("1.e5", 2), ("1e", 2),
            ("1e+", 3), ("1e5.5", 3), ("0x10", 1), ("1_000", 1), ("1 2", 2), ("--1", 1), ("-a", 1),
            // Strings
            ("\"", 1), ("\"a", 2), ("'a'", 0), ("\"\u{0}\"", 1), ("\"\u{1F}\"", 1), ("\"\n\"", 1), ("\"\t\"", 1),
            (#""\"#, 2), (#""\""#, 3), (#""\a""#, 2), (#""\u""#, 3), (#""\u12""#, 5), (#""\u123g""#, 6),
            (#""\U0041""#, 2), (#""\x41""#, 2), (#""\'""#, 2),
            // Surrogates
            (#""\ud800""#, 7), (#""\udc00""#, 7), (#""\ud800x""#, 7), (#""\ud800\n""#, 7), (#""\ud800\u0041""#, 13),
            (#""\ud800\ud800""#, 13), (#""\udc00\ud800""#, 7), (#""\ud800\"#, 7),
            // Arrays and objects
            ("[", 1), ("[1", 2), ("[1,", 3), ("[1,]", 3), ("[,1]", 1), ("[1 2]", 3), ("[1}", 2), ("]", 0), ("{", 1),
            ("{]", 1), (#"{"a"}"#, 4), (#"{"a":}"#, 5), (#"{"a":1,}"#, 7), (#"{"a":1"#, 6), (#"{a:1}"#, 1),
            (#"{1:1}"#, 1), (#"{"a" 1}"#, 5), (#"{"a":1 "b":2}"#, 7), (#"{,}"#, 1), (#"{"a":1;"b":2}"#, 6),
            // What other languages allow
            ("[1] // comment", 4), ("/* */ 1", 0), ("[1]x", 3), ("{} {}", 3), ("1,", 1), ("\u{FEFF}1", 0),
            ("\u{A0}1", 0), ("\u{C}1", 0), ("\u{B}1", 0), ("1\u{0}", 1),
        ]
    )
    func invalid(text: String, offset: Int) {
        #expect(scanError(text)?.offset == offset)
    }

    @Test(
        "refuses what is not UTF-8",
        arguments: [
            [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x20], [0xC2, 0xC0], [0xE0, 0x9F, 0xBF],
            [0xE0, 0x80, 0x80], [0xE0, 0xA0], [0xE1, 0x80, 0x20], [0xE2, 0x28, 0xA1], [0xED, 0xA0, 0x80],
            [0xED, 0xBF, 0xBF], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x9F, 0x98],
            [0xF1, 0x80, 0x80, 0x28], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80],
            [0xF8, 0x88, 0x80, 0x80, 0x80],
            [0xFE], [0xFF],
        ] as [[UInt8]]
    )
    func malformedUTF8(bytes: [UInt8]) {
        #expect(scanError([0x22] + bytes + [0x22])?.message == "this is not UTF-8")
        #expect(scanError([0x22] + bytes) != nil, "also where the text ends in the middle of it")
        #expect(scanError(bytes) != nil, "also outside a string")
    }

    @Test("takes each scalar there is, written as itself and as an escape, and reads it back")
    func everyPlane() throws {
        for plane: UInt32 in 0...16 {
            for low: UInt32 in [0x20, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFD, 0xFFFF] {
                let scalar = try #require(Unicode.Scalar(plane << 16 | low))
                let text = "a\(scalar)z"
                let escaped = text.utf16.map { "\\u" + hexadecimal($0) }.joined()
                #expect(try decoded("\"\(text)\"") == Array(text.unicodeScalars))
                #expect(try decoded("\"\(escaped)\"") == Array(text.unicodeScalars))
            }
        }
    }

    @Test("reads every escape back")
    func escapes() throws {
        let text = #""\"\\\/\b\f\n\r\t\u0041\u00e9\ud834\udd1e\\u0041é""#
        #expect(try decoded(text) == Array("\"\\/\u{8}\u{C}\n\r\tAé\u{1D11E}\\u0041é".unicodeScalars))
    }

    @Test("takes 64 levels and refuses the 65th, in arrays, in objects, and mixed")
    func depth() {
        for (open, close) in [("[", "]"), (#"{"a":"#, "}"), (#"[{"a":"#, "}]")] {
            let levels = open.count { $0 == "[" || $0 == "{" }
            let count = JSONScanner.maximumDepth / levels
            func nested(_ count: Int) -> String {
                String(repeating: open, count: count) + "0" + String(repeating: close, count: count)
            }
            #expect(scanError(nested(count)) == nil)
            #expect(scanError(nested(count + 1))?.message == "nested deeper than 64 levels")
        }
    }

    @Test("refuses a million open brackets without running out of stack")
    func deepNesting() {
        #expect(scanError(String(repeating: "[", count: 1_000_000))?.offset == 65)
        #expect(scanError(String(repeating: #"{"":"#, count: 1_000_000)) != nil)
    }

    @Test("counts depth, not values: ten thousand arrays side by side are fine")
    func siblings() {
        #expect(scanError("[" + Array(repeating: #"[{"a":[]}]"#, count: 10_000).joined(separator: ",") + "]") == nil)
    }

    @Test("reads nothing before the buffer's reader index and nothing behind its writer index")
    func onlyReadableBytes() throws {
        var buffer = ByteBuffer(string: "}}[1]  x")
        buffer.moveReaderIndex(forwardBy: 2)
        buffer.moveWriterIndex(to: buffer.writerIndex - 1)
        try JSONShape.array(of: .any).check(buffer)
    }

    private func decoded(_ text: String) throws -> [Unicode.Scalar] {
        let string = try ByteBuffer(string: text).scanJSON { (scanner) throws(JSONError) in
            let range = try scanner.skipString()
            return scanner.decodedString(at: range)
        }
        return Array(string.unicodeScalars)
    }

    private func hexadecimal(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
