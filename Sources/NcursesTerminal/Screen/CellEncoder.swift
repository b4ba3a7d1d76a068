import CNcurses
import TextUI

/// Turns the grid's cells into what ncurses takes, and checks once more that nothing else than text goes out.
struct CellEncoder {
    /// Columns that the locale's library gives to a scalar; −1 for one that it can't print.
    ///
    /// A cell that the library measures otherwise than the grid would shift the rest of its line.
    let libraryWidth: (UInt32) -> Int

    /// Makes an encoder that asks the C library.
    init() {
        libraryWidth = { Int(cn_width($0)) }
    }

    /// Makes an encoder with a table of its own, for tests.
    init(libraryWidth: @escaping (UInt32) -> Int) {
        self.libraryWidth = libraryWidth
    }

    /// The scalars of the places that a cluster takes: one list for each place, a wide one is one place of two columns.
    ///
    /// What the library can't draw as wide as the grid says becomes question marks.
    func places(of cluster: Cluster) -> [[UInt32]] {
        let scalars = cluster.text.unicodeScalars.map(\.value)
        if scalars.allSatisfy({ (0x20..<0x7F).contains($0) }) {
            return scalars.count == cluster.width ? scalars.map { [$0] } : unknown(cluster)
        }
        guard let base = scalars.first, libraryWidth(base) == cluster.width,
            scalars.count <= DisplayText.maximumMarks + 1,
            scalars.dropFirst().allSatisfy({ libraryWidth($0) == 0 })
        else { return unknown(cluster) }
        return [scalars]
    }

    private func unknown(_ cluster: Cluster) -> [[UInt32]] {
        Array(repeating: [0x3F], count: cluster.width)
    }
}
