import Testing
import TextUI

@testable import NcursesTerminal

@Suite("Captured standard error")
struct StderrCaptureTests {
    @Test("Its lines are safe to print")
    func lines() {
        let lines = StderrCapture.lines(Array("one\n\n\u{1B}[31mtwo\r\nthr\u{9B}ee".utf8) + [0xFF])
        #expect(lines.map(\.string) == ["one", "␛[31mtwo␍", "thr·ee\u{FFFD}"])
    }
}
