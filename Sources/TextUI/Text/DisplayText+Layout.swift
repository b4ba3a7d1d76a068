/// Where text stands in the room it is given.
public enum Alignment: Hashable, Sendable {
    /// At the left.
    case leading
    /// In the middle, one column to the left of it when the room is odd.
    case center
    /// At the right.
    case trailing
}

extension DisplayText {
    /// Cuts the text to a width.
    ///
    /// A wide cluster is never split, so the result may be a column narrower than asked.
    /// - Parameters:
    ///   - width: The most columns to keep; below 1 gives no text.
    ///   - ellipsis: What ends a text that was cut; left out where it doesn't fit itself.
    public func truncated(to width: Int, ellipsis: DisplayText = "…") -> DisplayText {
        guard self.width > width else { return self }
        guard ellipsis.width <= width else { return prefix(width) }
        return prefix(width - ellipsis.width) + ellipsis
    }

    /// Cuts the text to a width between two words, so that no part of a word or a number passes for the whole.
    ///
    /// Where the first word alone is wider it is cut itself.
    public func truncatedAtWord(to width: Int, ellipsis: DisplayText = "…") -> DisplayText {
        guard self.width > width else { return self }
        // One column more: there may be the space behind the last word.
        let kept = prefix(width - ellipsis.width + 1).clusters
        guard let space = kept.lastIndex(of: .space), let last = kept[..<space].lastIndex(where: { $0 != .space })
        else { return truncated(to: width, ellipsis: ellipsis) }
        return DisplayText(clusters: Array(kept[...last])) + ellipsis
    }

    /// Fills the text up with spaces to a width; a text that is wider stays as it is.
    public func padded(to width: Int, alignment: Alignment = .leading) -> DisplayText {
        let missing = min(width, 10_000) - self.width
        guard missing > 0 else { return self }
        switch alignment {
        case .leading: return self + .spaces(missing)
        case .center: return .spaces(missing / 2) + self + .spaces(missing - missing / 2)
        case .trailing: return .spaces(missing) + self
        }
    }

    /// Truncates or pads so that the text takes exactly a width.
    public func fitted(to width: Int, alignment: Alignment = .leading, ellipsis: DisplayText = "…") -> DisplayText {
        truncated(to: width, ellipsis: ellipsis).padded(to: width, alignment: alignment)
    }

    /// The clusters from the start that fit into a width.
    public func prefix(_ width: Int) -> DisplayText {
        var columns = 0
        var count = 0
        for cluster in clusters {
            guard columns + cluster.width <= width else { break }
            columns += cluster.width
            count += 1
        }
        return count == clusters.count ? self : DisplayText(clusters: Array(clusters[..<count]))
    }

    /// Breaks the text into lines at spaces, and inside a word only where the word alone is wider than a line.
    ///
    /// - Parameter width: The columns of a line. Below 1 gives no lines; a cluster wider than a line is left out.
    /// - Returns: At least one line (which may be empty) for a width of 1 or more.
    public func wrapped(to width: Int) -> [DisplayText] {
        guard width > 0 else { return [] }
        var wrapper = LineWrapper(width: width)
        for word in clusters.split(separator: .space, omittingEmptySubsequences: false) {
            wrapper.append(word)
        }
        return wrapper.finish()
    }
}

/// Fills lines word by word.
private struct LineWrapper {
    let width: Int
    private var lines: [DisplayText] = []
    private var line: [Cluster] = []
    private var columns = 0
    private var isFirstWord = true

    init(width: Int) {
        self.width = width
    }

    mutating func append(_ word: ArraySlice<Cluster>) {
        let wordWidth = word.reduce(0) { $0 + $1.width }
        if isFirstWord {
            isFirstWord = false
        } else if columns + 1 + wordWidth <= width {
            add(.space)
        } else {
            breakLine()
        }
        for cluster in word where cluster.width <= width {
            if columns + cluster.width > width {
                breakLine()
            }
            add(cluster)
        }
    }

    mutating func finish() -> [DisplayText] {
        breakLine()
        return lines
    }

    private mutating func add(_ cluster: Cluster) {
        line.append(cluster)
        columns += cluster.width
    }

    private mutating func breakLine() {
        lines.append(DisplayText(clusters: line))
        line = []
        columns = 0
    }
}
