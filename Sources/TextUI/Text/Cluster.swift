/// What occupies one place on the grid: a base scalar and at most ``DisplayText/maximumMarks`` combining marks.
///
/// Only ``DisplayText`` makes clusters, so that whoever holds one holds text that is safe to draw.
public struct Cluster: Hashable, Sendable {
    /// The scalars, never empty and never with a control or formatting character.
    public let text: String

    /// The columns it takes: 1 or 2.
    public var width: Int { isWide ? 2 : 1 }

    private let isWide: Bool

    /// Makes a cluster of text that ``DisplayText`` has checked.
    init(checked text: String, isWide: Bool = false) {
        self.text = text
        self.isWide = isWide
    }

    /// One blank column.
    public static let space = Cluster(checked: " ")

    /// The same cluster for a terminal without Unicode: a look-alike where there is one, else question marks.
    ///
    /// Keeps the width, so nothing moves.
    public var asciiOnly: Cluster {
        guard let scalar = text.unicodeScalars.first, text.utf8.count > 1 else { return self }
        if let likeness = ASCIILikeness.of(scalar) {
            return Cluster(checked: String(likeness))
        }
        return Cluster(checked: isWide ? "??" : "?", isWide: isWide)
    }
}
