import CNcurses
import TextUI

/// Puts frames on the ncurses screen, on the screen thread only.
struct Painter {
    private let encoder = CellEncoder()
    private let modes: TerminalModes
    private let isASCIIOnly: Bool
    private let depth: ColorDepth
    private let theme: Theme
    private let themes: [Theme]
    private var styles: StyleTable
    private var shown: Frame?

    /// Makes a painter for a screen that is open.
    init(modes: TerminalModes, isASCIIOnly: Bool, depth: ColorDepth, _ options: TerminalOptions) {
        self.modes = modes
        self.isASCIIOnly = isASCIIOnly
        self.depth = depth
        self.theme = options.theme
        self.themes = options.themes
        self.styles = StyleTable(Palette(depth: depth, theme: options.theme))
    }

    /// Forgets what the screen shows, so that the next frame is drawn as a whole.
    mutating func forget() {
        shown = nil
    }

    /// Shows a frame; nothing is written when the screen shows it already.
    mutating func paint(_ frame: Frame) {
        var frame = frame
        if isASCIIOnly {
            frame.grid = frame.grid.asciiOnly
            frame.title = frame.title?.asciiOnly
        }
        guard frame != shown else { return }
        if frame.theme != (shown?.theme) { take(frame.theme) }
        if let title = frame.title, title != shown?.title {
            Descriptor.write(modes.title(title), to: STDOUT_FILENO)
        }
        if frame.isMouseWanted != (shown?.isMouseWanted ?? false) {
            Descriptor.write(modes.mouse(frame.isMouseWanted), to: STDOUT_FILENO)
        }
        paintRows(of: frame)
        shown = frame
    }

    /// Turns to the theme of that name; every row is drawn again, because its attributes may differ.
    private mutating func take(_ name: String?) {
        let theme = themes.first { $0.name == name } ?? theme
        styles = StyleTable(Palette(depth: depth, theme: theme))
        shown?.grid = Grid(size: Size(columns: 0, rows: 0))
    }

    private func paintRows(of frame: Frame) {
        let isResized = frame.grid.size != shown?.grid.size
        if !isResized, frame.grid == shown?.grid, frame.cursor == shown?.cursor { return }
        for row in 0..<frame.grid.size.rows {
            let cells = frame.grid.row(row)
            if isResized || shown?.grid.row(row) != cells {
                paint(cells, row: row)
            }
        }
        Descriptor.write(modes.beginUpdate, to: STDOUT_FILENO)
        let cursor = frame.cursor.flatMap { frame.grid.bounds.contains($0) ? $0 : nil }
        cn_flush(Int32(cursor?.row ?? -1), Int32(cursor?.column ?? 0))
        Descriptor.write(modes.endUpdate, to: STDOUT_FILENO)
    }

    private func paint(_ cells: ArraySlice<Cell>, row: Int) {
        var line: [cchar_t] = []
        line.reserveCapacity(cells.count)
        for cell in cells {
            guard let cluster = cell.cluster else { continue }
            let style = styles.look(of: cell.style)
            for scalars in encoder.places(of: cluster) {
                var character = cchar_t()
                cn_set_cell(&character, scalars, Int32(scalars.count), style.attributes, style.pair)
                line.append(character)
            }
        }
        cn_put_row(Int32(row), line, Int32(line.count))
    }
}

/// The attributes and colour pairs of all roles, given to ncurses once.
struct StyleTable {
    /// What ncurses takes.
    struct Look {
        var attributes: attr_t
        var pair: Int16
    }

    private let looks: [Look]

    /// Defines the colour pairs of a palette; pair 0 is the terminal's own and stays.
    init(_ palette: Palette) {
        let pairs = Int(cn_color_pairs())
        looks = Role.allCases.map { role in
            let look = palette.look(of: role)
            let pair = Int16(role.rawValue) + 1
            guard look.foreground != -1 || look.background != -1, Int(pair) < pairs,
                init_pair(pair, look.foreground, look.background) != -1
            else { return Look(attributes: Self.bits(look.attributes), pair: 0) }
            return Look(attributes: Self.bits(look.attributes), pair: pair)
        }
    }

    /// The look of a style.
    func look(of style: Style) -> Look {
        var look = looks[Int(style.role.rawValue)]
        look.attributes |= Self.bits(style.attributes)
        return look
    }

    private static func bits(_ attributes: Style.Attributes) -> attr_t {
        var bits: attr_t = 0
        if attributes.contains(.bold) { bits |= cn_bold() }
        if attributes.contains(.reverse) { bits |= cn_reverse() }
        if attributes.contains(.underline) { bits |= cn_underline() }
        if attributes.contains(.dim) { bits |= cn_dim() }
        return bits
    }
}
