/// How many colours a terminal has.
enum ColorDepth: Equatable, CaseIterable {
    /// None, or none wanted.
    case none
    /// The eight of ANSI.
    case eight
    /// Those and their bright variants.
    case sixteen
    /// The palette of 256.
    case full

    /// The depth to use.
    ///
    /// - Parameters:
    ///   - colors: What the terminal has.
    ///   - isMonochrome: Whether the user wants none.
    init(colors: Int, isMonochrome: Bool) {
        switch colors {
        case _ where isMonochrome: self = .none
        case 256...: self = .full
        case 16...: self = .sixteen
        case 8...: self = .eight
        default: self = .none
        }
    }
}
