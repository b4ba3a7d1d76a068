import Testing
import TextUI

@testable import NcursesTerminal

/// Themes that are read from files.
@Suite("Themes")
struct ThemeTests {
    @Test("A file says what differs from a theme that is built in")
    func parses() throws {
        let text = """
            # Mine
            base = dark

            accent = #00d7d7 bold
            bad=203 on black underline   # a comment
            selection = default on bright-blue
            dim = dim
            """
        let theme = try Theme(name: "mine", parsing: text)
        #expect(theme.base == .dark)
        #expect(
            theme.looks == [
                .accent: .init(foreground: ThemeColor(44), attributes: .bold),
                .bad: .init(foreground: ThemeColor(203), background: ThemeColor(0), attributes: .underline),
                .selection: .init(foreground: nil, background: ThemeColor(12)),
                .dim: .init(foreground: nil, attributes: .dim),
            ]
        )
    }

    @Test(
        "What is wrong is told with its line and role",
        arguments: [
            ("accent = red\nbad = redish", "line 2, role bad: “redish” is neither a colour"),
            ("accent = 256", "line 1, role accent: “256” is neither a colour"),
            ("accent = #12345", "line 1, role accent: “#12345” is neither a colour"),
            ("accent = red blue", "line 1, role accent: “blue” is one colour too many"),
            ("accent = red on", "line 1, role accent: behind “on” a colour is missing"),
            ("accent =", "line 1, role accent: a colour or an attribute is missing"),
            ("accent red", "line 1, role accent: expected is accent = …"),
            ("\n\nfoo = red", "line 3: “foo” is no role; allowed are base, normal, dim"),
            ("base = night", "line 1, role base: allowed are standard, dark, light, mono"),
            ("bad = red\nbad = blue", "line 2, role bad: it is there twice"),
        ]
    )
    func refuses(text: String, message: String) {
        let error = #expect(throws: ThemeError.self) { try Theme(name: "wrong", parsing: text) }
        #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
    }

    @Test("A theme of a file asks for no colour that the depth doesn't have", arguments: ColorDepth.allCases)
    func depth(_ depth: ColorDepth) throws {
        let limit = [ColorDepth.none: -1, .eight: 7, .sixteen: 15, .full: 255][depth] ?? -1
        for number in UInt8.min...UInt8.max {
            let theme = Theme(name: "x", base: .dark, looks: [.bad: .init(foreground: ThemeColor(number))])
            let look = Palette(depth: depth, theme: theme).look(of: .bad)
            #expect((-1...Int16(limit)).contains(look.foreground))
        }
    }

    @Test("Where there are fewer colours the nearest is taken")
    func nearest() {
        #expect(ThemeColor(203).number(of: .eight) == 1)
        #expect(ThemeColor(46).number(of: .sixteen) == 10)
        #expect(ThemeColor(9).number(of: .eight) == 1)
        #expect(ThemeColor("#ffffff") == ThemeColor(231))
        #expect(ThemeColor("bright-red") == ThemeColor(9))
        #expect(ThemeColor("+5") == nil)
        #expect(ThemeColor("#+12345") == nil)
        #expect(ThemeColor("Red") == nil)
    }

    @Test("Without colours the attributes stay, those of the theme and those that stand for a colour")
    func monochrome() {
        let theme = Theme(
            name: "x",
            base: .dark,
            looks: [.accent: .init(foreground: ThemeColor(3), attributes: .underline)]
        )
        let look = Palette(depth: .none, theme: theme).look(of: .accent)
        #expect(look == Palette.Look(attributes: [.underline, .bold]))
    }

    @Test("Every role can be named")
    func names() {
        for role in Role.allCases { #expect(Role(name: role.name) == role) }
    }
}
