/// ASCII characters that stand for the symbols this program draws itself.
enum ASCIILikeness {
    /// The look-alike of a scalar of one column, or nil when a question mark has to do.
    static func of(_ scalar: Unicode.Scalar) -> Character? {
        switch scalar.value {
        case 0x2500...0x2501, 0x2504...0x2505, 0x2508...0x2509, 0x2550, 0x2010...0x2015: "-"
        case 0x2502...0x2503, 0x2506...0x2507, 0x250A...0x250B, 0x2551: "|"
        case 0x250C...0x254B, 0x2552...0x2570: "+"
        case 0x2588, 0x2593, 0x25A0: "#"
        case 0x2591...0x2592: "."
        case 0x258C, 0x2590: "|"
        case 0x00B7, 0x2022, 0x2026: "."
        case 0x2018...0x201A: "'"
        case 0x201C...0x201E: "\""
        case 0x2039, 0x2190: "<"
        case 0x203A, 0x2192: ">"
        case 0x2191, 0x25B2: "^"
        case 0x2193, 0x25BC: "v"
        case 0x25CF, 0x25D0: "*"
        case 0x00D7, 0x2717: "x"
        case 0x2713: "+"
        default: nil
        }
    }
}
