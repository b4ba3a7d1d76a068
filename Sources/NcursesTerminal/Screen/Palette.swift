import TextUI

/// What a role looks like: the one place that knows colours.
struct Palette: Equatable {
    /// A role's colours (−1 is the terminal's own) and the attributes it brings.
    struct Look: Equatable {
        var foreground: Int16 = -1
        var background: Int16 = -1
        var attributes: Style.Attributes = []
    }

    let depth: ColorDepth
    let theme: Theme

    /// The look of a role.
    func look(of role: Role) -> Look {
        if let own = theme.looks[role] { return look(of: role, own) }
        let attributes = Self.attributes(of: role)
        guard depth != .none, theme.base != .mono, let color = Self.color(of: role) else {
            return Look(attributes: attributes.union(Self.monochromeAttributes(of: role)))
        }
        return Look(foreground: number(of: color), attributes: attributes)
    }

    private func look(of role: Role, _ own: Theme.Look) -> Look {
        guard depth != .none else {
            return Look(attributes: own.attributes.union(Self.monochromeAttributes(of: role)))
        }
        return Look(
            foreground: own.foreground?.number(of: depth) ?? -1,
            background: own.background?.number(of: depth) ?? -1,
            attributes: own.attributes
        )
    }

    /// Colours by name; numbers depend on depth and theme.
    private enum Color {
        case gray
        case blue
        case cyan
        case green
        case yellow
        case red
        case magenta
    }

    private static func color(of role: Role) -> Color? {
        switch role {
        case .normal, .selection, .inactiveSelection, .title, .header, .columnHeader, .input, .focusedInput, .dialog:
            nil
        case .dim, .border, .hint: .gray
        case .focusedBorder, .accent: .cyan
        case .key: .blue
        case .good: .green
        case .warning: .yellow
        case .bad, .error: .red
        case .probe: .magenta
        }
    }

    private func number(of color: Color) -> Int16 {
        switch depth {
        case .none: -1
        case .eight: Self.ansi(color)
        // Bright black is unreadable in some palettes of 16, so grey is left to the dim attribute there.
        case .sixteen: color == .gray ? -1 : Self.ansi(color) + (theme.base == .dark ? 8 : 0)
        case .full: full(color)
        }
    }

    private static func ansi(_ color: Color) -> Int16 {
        switch color {
        case .gray: -1
        case .red: 1
        case .green: 2
        case .yellow: 3
        case .blue: 4
        case .magenta: 5
        case .cyan: 6
        }
    }

    /// Colours of the 256 that keep a contrast of 4.5 on the backgrounds the theme is for.
    private func full(_ color: Color) -> Int16 {
        let (standard, dark, light): (Int16, Int16, Int16) =
            switch color {
            case .gray: (244, 247, 240)
            case .blue: (4, 75, 25)
            case .cyan: (6, 80, 30)
            case .green: (2, 77, 28)
            case .yellow: (3, 220, 94)
            case .red: (1, 203, 160)
            case .magenta: (5, 177, 90)
            }
        return switch theme.base {
        case .standard, .mono: standard
        case .dark: dark
        case .light: light
        }
    }

    private static func attributes(of role: Role) -> Style.Attributes {
        switch role {
        case .title, .header, .columnHeader, .key, .bad, .error: .bold
        case .focusedInput: .underline
        case .normal, .dim, .border, .focusedBorder, .selection, .inactiveSelection, .accent, .good, .warning, .probe,
            .hint, .input, .dialog:
            []
        }
    }

    /// Attributes in place of a colour.
    private static func monochromeAttributes(of role: Role) -> Style.Attributes {
        switch role {
        case .dim, .border, .hint: .dim
        case .focusedBorder, .accent, .warning, .probe: .bold
        case .normal, .title, .selection, .inactiveSelection, .good, .bad, .header, .columnHeader, .key, .input,
            .focusedInput, .error, .dialog:
            []
        }
    }
}
