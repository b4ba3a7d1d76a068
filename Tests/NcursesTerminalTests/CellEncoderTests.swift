import Testing
import TextUI

@testable import NcursesTerminal

@Suite("Cell encoder")
struct CellEncoderTests {
    private func places(_ text: DisplayText, width: @escaping (UInt32) -> Int) -> [[UInt32]] {
        text.clusters.flatMap { CellEncoder(libraryWidth: width).places(of: $0) }
    }

    @Test("ASCII goes out as it is")
    func ascii() {
        #expect(places("a~", width: { _ in -1 }) == [[0x61], [0x7E]])
    }

    @Test("What the library measures as the grid does goes out with its marks")
    func agreement() {
        let widths: [UInt32: Int] = [0x65E5: 2, 0x301: 0, 0xE9: 1]
        #expect(places("日e\u{301}é", width: { widths[$0] ?? 1 }) == [[0x65E5], [0x65, 0x301], [0xE9]])
    }

    @Test("What the library measures otherwise becomes question marks of the same width")
    func disagreement() {
        #expect(places("日", width: { _ in 1 }) == [[0x3F], [0x3F]])
        #expect(places("é", width: { _ in 2 }) == [[0x3F]])
        #expect(places("é", width: { _ in -1 }) == [[0x3F]])
        #expect(places("é\u{301}", width: { _ in 1 }) == [[0x3F]])
    }

    @Test("The ASCII form of a wide cluster is two places")
    func asciiForm() {
        #expect(places(DisplayText("日").asciiOnly, width: { _ in -1 }) == [[0x3F], [0x3F]])
    }
}
