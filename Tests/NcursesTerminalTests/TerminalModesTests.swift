import Testing
import TextUI

@testable import NcursesTerminal

@Suite("Terminal modes")
struct TerminalModesTests {
    private let modes = TerminalModes(isANSI: true, hasMouse: true, hasTitle: true)

    private func modeChanges(_ bytes: [UInt8], ending: Character) -> Set<Substring> {
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: "\u{1B}[?")
        return Set(
            parts.filter { $0.last == ending || $0.contains("\(ending)\u{1B}") }.compactMap {
                $0.split(separator: ending).first
            }
        )
    }

    @Test("Every mode that is set is undone on leaving")
    func undone() {
        let set = modeChanges(modes.enter + modes.mouse(true) + modes.beginUpdate, ending: "h")
        #expect(set == ["2004", "1000", "1006", "2026"])
        #expect(modeChanges(modes.leave, ending: "l").isSuperset(of: set))
    }

    @Test("Restoring leaves our modes first, then the screen, without padding")
    func restore() {
        let bytes = modes.restore(["\u{1B}[0m$<5>", "\u{1B}[?25h", "\u{1B}[?1049l$<2/>x$"])
        #expect(bytes == modes.leave + Array("\u{1B}[0m\u{1B}[?25h\u{1B}[?1049lx$".utf8))
        #expect(bytes.count < 512)
    }

    @Test("A terminal without such sequences gets none")
    func plain() {
        let plain = TerminalModes(isANSI: false, hasMouse: true, hasTitle: true)
        let all = [plain.enter, plain.leave, plain.mouse(true), plain.title("x"), plain.beginUpdate, plain.endUpdate]
        #expect(all.allSatisfy { $0.isEmpty })
        #expect(TerminalModes(isANSI: true, hasMouse: false, hasTitle: false).mouse(true).isEmpty)
        #expect(TerminalModes(isANSI: true, hasMouse: false, hasTitle: false).title("x").isEmpty)
    }

    @Test("A title can't end its own sequence, and is short")
    func title() {
        let bytes = modes.title(DisplayText("a\u{7}\u{1B}\\\u{9C}" + String(repeating: "x", count: 300)))
        #expect(bytes.filter { $0 == 0x07 || $0 == 0x1B }.count == 2)
        #expect(String(decoding: bytes, as: UTF8.self).count < 130)
    }
}
