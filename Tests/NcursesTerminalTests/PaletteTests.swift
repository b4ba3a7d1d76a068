import Testing
import TextUI

@testable import NcursesTerminal

@Suite("Palette")
struct PaletteTests {
    @Test("The depth follows what the terminal has and what the user wants")
    func depth() {
        let depths = [0, 2, 8, 16, 88, 256, 1 << 24].map { ColorDepth(colors: $0, isMonochrome: false) }
        #expect(depths == [.none, .none, .eight, .sixteen, .sixteen, .full, .full])
        #expect(ColorDepth(colors: 256, isMonochrome: true) == .none)
    }

    @Test("No role asks for a colour that the depth doesn't have", arguments: ColorDepth.allCases, Theme.builtIn)
    func range(depth: ColorDepth, theme: Theme) {
        let limit: Int16 =
            switch depth {
            case .none: -1
            case .eight: 7
            case .sixteen: 15
            case .full: 255
            }
        for role in Role.allCases {
            let look = Palette(depth: depth, theme: theme).look(of: role)
            #expect((-1...limit).contains(look.foreground))
            #expect((-1...limit).contains(look.background))
        }
    }

    @Test("Good, warning and bad differ in every depth with colours", arguments: [ColorDepth.eight, .sixteen, .full])
    func distinct(depth: ColorDepth) {
        for theme in [Theme.standard, .dark, .light] {
            let palette = Palette(depth: depth, theme: theme)
            let colors = [Role.good, .warning, .bad, .probe].map { palette.look(of: $0).foreground }
            #expect(Set(colors).count == 4)
        }
    }

    @Test("Without colours the focused border still differs")
    func monochrome() {
        let palette = Palette(depth: .full, theme: .mono)
        #expect(palette.look(of: .focusedBorder) != palette.look(of: .border))
    }
}
