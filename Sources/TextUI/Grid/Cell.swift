/// One column of one row of the grid.
public struct Cell: Hashable, Sendable {
    /// What is drawn here; nil in the right half of a wide cluster, which the cell to the left draws.
    public let cluster: Cluster?
    /// How it is drawn.
    public var style: Style

    /// Makes a cell; the grid keeps the halves of wide clusters together.
    init(_ cluster: Cluster?, _ style: Style) {
        self.cluster = cluster
        self.style = style
    }

    /// A blank in the ordinary style.
    public static let blank = Cell(.space, .normal)
}
