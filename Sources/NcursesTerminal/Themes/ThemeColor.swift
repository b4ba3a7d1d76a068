/// A colour of the palette of 256 that xterm has.
public struct ThemeColor: Hashable, Sendable {
    /// Its number: 0 to 7 are those of ANSI, 8 to 15 their bright variants.
    public let number: UInt8

    /// Makes a colour of its number.
    public init(_ number: UInt8) {
        self.number = number
    }

    /// The colour that a text names: `red`, `bright-red`, `203` or `#ff5f5f`; `nil` where it names none.
    public init?(_ text: String) {
        if let index = Self.names.firstIndex(of: text) {
            self.init(UInt8(index))
        } else if let digits = text.wholeMatch(of: /#([0-9A-Fa-f]{6})/)?.1, let value = UInt32(digits, radix: 16) {
            self = .nearest(to: (Int(value >> 16), Int(value >> 8 & 255), Int(value & 255)), among: 16...255)
        } else if let number = UInt8(text), text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") }) {
            self.init(number)
        } else {
            return nil
        }
    }

    /// The names of the first sixteen.
    static let names: [String] = {
        let plain = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]
        return plain + plain.map { "bright-" + $0 }
    }()

    /// The number where a terminal has so many colours: the nearest that there is.
    func number(of depth: ColorDepth) -> Int16 {
        switch depth {
        case .none: -1
        case .eight: Int16(number < 16 ? number & 7 : Self.nearest(to: rgb, among: 0...7).number)
        case .sixteen: Int16(number < 16 ? number : Self.nearest(to: rgb, among: 0...15).number)
        case .full: Int16(number)
        }
    }

    // MARK: - What the numbers look like

    private static func nearest(to rgb: (Int, Int, Int), among numbers: ClosedRange<UInt8>) -> ThemeColor {
        func distance(_ color: ThemeColor) -> Int {
            let (red, green, blue) = color.rgb
            let (dr, dg, db) = (red - rgb.0, green - rgb.1, blue - rgb.2)
            return dr * dr + dg * dg + db * db
        }
        return numbers.lazy.map { ThemeColor($0) }.min { distance($0) < distance($1) } ?? ThemeColor(7)
    }

    private var rgb: (Int, Int, Int) {
        let number = Int(number)
        switch number {
        case ..<16:
            let level = number == 7 ? 229 : number < 8 ? 205 : 255
            if number == 8 { return (127, 127, 127) }
            return (number & 1 == 0 ? 0 : level, number & 2 == 0 ? 0 : level, number & 4 == 0 ? 0 : level)
        case 16..<232:
            let cube = number - 16
            func level(_ step: Int) -> Int { step == 0 ? 0 : 55 + 40 * step }
            return (level(cube / 36), level(cube / 6 % 6), level(cube % 6))
        default:
            let grey = 8 + 10 * (number - 232)
            return (grey, grey, grey)
        }
    }
}
