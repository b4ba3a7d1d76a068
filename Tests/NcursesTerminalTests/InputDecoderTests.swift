import TestSupport
import Testing
import TextUI

@testable import NcursesTerminal

@Suite("Input decoder")
struct InputDecoderTests {
    private func decode(_ text: String, flushing: Bool = false) -> [TerminalEvent] {
        var decoder = InputDecoder()
        let events = decoder.decode(Array(text.utf8))
        return flushing ? events + decoder.flush() : events
    }

    @Test(
        "Keys as terminals send them",
        arguments: [
            ("\u{1B}[A", .up), ("\u{1B}OA", .up), ("\u{1B}[B", .down), ("\u{1B}OD", .left), ("\u{1B}[C", .right),
            ("\u{1B}[1;5C", .right), ("\u{1B}[H", .home), ("\u{1B}OH", .home), ("\u{1B}[1~", .home),
            ("\u{1B}[7~", .home),
            ("\u{1B}[F", .end), ("\u{1B}[4~", .end), ("\u{1B}[8~", .end), ("\u{1B}[2~", .insert),
            ("\u{1B}[3~", .delete),
            ("\u{1B}[3;5~", .delete), ("\u{1B}[5~", .pageUp), ("\u{1B}[6~", .pageDown), ("\u{1B}[Z", .backTab),
            ("\u{1B}OP", .function(1)), ("\u{1B}[15~", .function(5)), ("\u{1B}[24~", .function(12)),
            ("\u{1B}[[A", .function(1)), ("\u{1B}[1;2S", .function(4)), ("\u{1B}OM", .enter),
            ("\u{1B}Ok", .character("+")),
            ("\r", .enter), ("\n", .enter), ("\t", .tab), ("\u{7F}", .backspace), ("\u{8}", .backspace),
            ("\u{1}", .control("a")), ("\u{17}", .control("w")), ("\u{0}", .control(" ")), ("\u{1F}", .control("_")),
            ("a", .character("a")), ("日", .character("日")), ("\u{1B}b", .alt("b")), ("\u{1B}é", .alt("é")),
            ("\u{1B}\u{7F}", .alt("\u{7F}")),
        ] as [(String, Key)]
    )
    func keys(bytes: String, key: Key) {
        #expect(decode(bytes) == [.key(key)])
        #expect(decode(bytes + "x") == [.key(key), .key(.character("x"))])
    }

    @Test("Bytes may come one at a time")
    func oneAtATime() {
        var decoder = InputDecoder()
        let events = Array("\u{1B}[1;5A日\u{1B}[<0;3;4M".utf8).flatMap { decoder.decode([$0]) }
        #expect(
            events == [
                .key(.up), .key(.character("日")), .mouse(MouseEvent(.press(.left), at: Point(column: 2, row: 3))),
            ]
        )
        #expect(!decoder.isIncomplete)
    }

    @Test(
        "Unknown sequences are swallowed whole",
        arguments: [
            "\u{1B}[99;99x", "\u{1B}[>0;276;0c", "\u{1B}[?1;2c", "\u{1B}[3$", "\u{1B}[1;1:3u", "\u{1B}Ox",
            "\u{1B}[200x",
            "\u{1B}]11;rgb:00/00/00\u{7}", "\u{1B}P1$r0m\u{1B}\\", "\u{1B}_data\u{1B}\\", "\u{1B}[12;34R",
            "\u{1B}[201~",
            "\u{1B}[" + String(repeating: "1;", count: 500) + "m", "\u{1B}[<0;1M", "\u{1B}[<35;10;10M",
            "\u{1B}[999999999999~",
        ]
    )
    func unknown(bytes: String) {
        let isKeypad = bytes == "\u{1B}Ox"
        let known: [TerminalEvent] = isKeypad ? [.key(.character("8"))] : []
        var decoder = InputDecoder()
        let isOpen = bytes.hasSuffix("$")
        var events = decoder.decode(Array(bytes.utf8))
        if isOpen { events += decoder.flush() }
        #expect(events == known)
        let after = decoder.decode(Array("q".utf8))
        #expect(after == [.key(.character("q"))])
    }

    @Test("After the delay a lone escape is the key, and what is incomplete is dropped")
    func flushing() {
        #expect(decode("\u{1B}") == [])
        #expect(decode("\u{1B}", flushing: true) == [.key(.escape)])
        #expect(decode("\u{1B}[", flushing: true) == [.key(.alt("["))])
        #expect(decode("\u{1B}O", flushing: true) == [.key(.alt("O"))])
        #expect(decode("\u{1B}P", flushing: true) == [.key(.alt("P"))])
        #expect(decode("\u{1B}[1;", flushing: true) == [])
        #expect(decode("\u{1B}\u{1B}", flushing: true) == [.key(.escape), .key(.escape)])
        #expect(decode("\u{1B}\r") == [.key(.escape), .key(.enter)])
    }

    @Test("A sequence that is broken off doesn't take the next one along")
    func brokenOff() {
        #expect(decode("\u{1B}[1;\u{1B}[A") == [.key(.up)])
        #expect(decode("\u{1B}[1\r") == [.key(.enter)])
        #expect(decode("\u{1B}O\u{1B}[B") == [.key(.down)])
    }

    @Test("Keys that mean something to the process are events of their own")
    func processKeys() {
        #expect(decode("\u{3}") == [.interrupt])
        #expect(decode("\u{1A}") == [.suspendRequested])
        #expect(decode("\u{1C}") == [.terminate(.quit)])
        #expect(decode("\u{1B}[I\u{1B}[O") == [.focusGained, .focusLost])
    }

    @Test("A paste is one event, whatever is in it")
    func paste() {
        #expect(
            decode("\u{1B}[200~a\r\n\u{1B}[A\u{3}\u{1B}[201x\u{1B}[201~b") == [
                .paste("a\r\n\u{1B}[A\u{3}\u{1B}[201x"), .key(.character("b")),
            ]
        )
        #expect(decode("\u{1B}[200~never ends", flushing: true) == [.paste("never ends")])
        #expect(decode("\u{1B}[200~\u{1B}\u{1B}[201~") == [.paste("\u{1B}")])
    }

    @Test("A paste keeps a mebibyte, and its end is found behind that")
    func largePaste() {
        var decoder = InputDecoder()
        let bytes = Array("\u{1B}[200~".utf8) + Array(repeating: 0x78, count: PasteBuffer.limit + 5_000)
        let events = decoder.decode(bytes + Array("\u{1B}[201~q".utf8))
        #expect(events.count == 2)
        guard case .paste(let text) = events.first else { return #expect(Bool(false), "no paste") }
        #expect(text.utf8.count == PasteBuffer.limit)
        #expect(events.last == .key(.character("q")))
    }

    @Test(
        "Mouse reports",
        arguments: [
            ("\u{1B}[<0;1;1M", .press(.left)), ("\u{1B}[<0;1;1m", .release(.left)), ("\u{1B}[<2;1;1M", .press(.right)),
            ("\u{1B}[<16;1;1M", .press(.left)), ("\u{1B}[<64;1;1M", .scrollUp), ("\u{1B}[<65;1;1M", .scrollDown),
            ("\u{1B}[M !!", .press(.left)), ("\u{1B}[M#!!", .release(.left)), ("\u{1B}[M`!!", .scrollUp),
        ] as [(String, MouseEvent.Action)]
    )
    func mouse(bytes: String, action: MouseEvent.Action) {
        #expect(decode(bytes) == [.mouse(MouseEvent(action, at: .zero))])
    }

    @Test("The terminal's own sequences win")
    func extraKeys() {
        var decoder = InputDecoder(extraKeys: [Array("\u{1B}[33~".utf8): .home, Array("\u{1B}A".utf8): .up])
        let events = decoder.decode(Array("\u{1B}[33~\u{1B}A".utf8))
        #expect(events == [.key(.home), .key(.up)])
    }

    @Test("Random bytes never stick: after a flush a key is a key", arguments: 1...20 as ClosedRange<UInt64>)
    func randomBytes(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let special: [UInt8] = [0x1B, 0x5B, 0x4F, 0x3B, 0x3C, 0x4D, 0x30, 0x32, 0x7E, 0x9B, 0xC2, 0xE6, 0x50, 0x5D]
        var decoder = InputDecoder()
        for _ in 0..<300 {
            let bytes = (0..<Int.random(in: 0...20, using: &random)).map { _ in
                Bool.random(using: &random)
                    ? special.randomElement(using: &random) ?? 0 : .random(in: 0...255, using: &random)
            }
            _ = decoder.decode(bytes)
            _ = decoder.flush()
            #expect(!decoder.isIncomplete)
            let events = decoder.decode([0x71])
            #expect(events == [.key(.character("q"))])
        }
    }
}
