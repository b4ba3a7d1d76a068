/// Turns a string into clusters: the one place that decides what may be drawn.
struct DisplayTextScanner {
    private var clusters: [Cluster] = []
    private var base: Unicode.Scalar?
    private var marks = String.UnicodeScalarView()
    private var markCount = 0

    /// Sanitises a string.
    ///
    /// - Parameter limit: The most clusters to return; the last is `…` when there would have been more.
    static func scan(_ text: String, limit: Int) -> [Cluster] {
        guard limit > 0 else { return [] }
        var scanner = DisplayTextScanner()
        scanner.clusters.reserveCapacity(min(limit, text.utf8.count))
        // Bounds the work for text that is nothing but combining marks.
        var scalarsLeft = limit.multipliedReportingOverflow(by: 8).partialValue.magnitude
        for scalar in text.unicodeScalars {
            guard scanner.clusters.count <= limit, scalarsLeft > 0 else { break }
            scalarsLeft -= 1
            scanner.append(scalar)
        }
        scanner.flush()
        return scanner.cut(to: limit)
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        if scalar.value >= 0x20 && scalar.value < 0x7F {
            flush()
            base = scalar
            return
        }
        switch ScalarPolicy.of(scalar) {
        case .draw:
            flush()
            base = scalar
        case .replace(let replacement):
            flush()
            base = replacement
        case .mark:
            appendMark(scalar)
        case .vowelJamo:
            appendJamo(scalar)
        }
    }

    private mutating func appendMark(_ mark: Unicode.Scalar) {
        if base == nil {
            base = ScalarPolicy.dottedCircle
        }
        markCount += 1
        if markCount <= DisplayText.maximumMarks {
            marks.append(mark)
        }
    }

    /// A medial or final jamo takes no room after an initial one, and terminals disagree about it anywhere else.
    private mutating func appendJamo(_ jamo: Unicode.Scalar) {
        if let base, (0x1100...0x115E).contains(base.value), markCount < DisplayText.maximumMarks {
            appendMark(jamo)
        } else {
            flush()
            base = ScalarPolicy.unknown
        }
    }

    private mutating func flush() {
        guard let base else { return }
        let wide = ScalarWidth.isWide(base)
        if marks.isEmpty {
            clusters.append(Cluster(checked: String(base), isWide: wide))
        } else {
            clusters.append(Cluster(checked: String(base) + String(marks), isWide: wide))
        }
        if markCount > DisplayText.maximumMarks {
            clusters.append(Cluster(checked: String(ScalarPolicy.hidden)))
        }
        self.base = nil
        marks = .init()
        markCount = 0
    }

    private func cut(to limit: Int) -> [Cluster] {
        guard clusters.count > limit else { return clusters }
        return clusters.prefix(limit - 1) + [Cluster(checked: "…")]
    }
}
