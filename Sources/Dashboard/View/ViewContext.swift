import Foundation
import TextUI

/// What every view needs to know besides what it shows.
struct ViewContext {
    let glyphs: Glyphs
    let time: TimeText
    let now: Date
    /// Whether users and events are read again by themselves.
    var refreshes = true

    /// Part of a title.
    struct TitlePart {
        /// The wordings, longest first, each with how important it is; a part without any left is left out.
        var wordings: [(text: DisplayText, priority: Int)]

        init(_ text: DisplayText, priority: Int) {
            wordings = text.isEmpty ? [] : [(text, priority)]
        }

        init(_ wordings: [(text: DisplayText, priority: Int)]) {
            self.wordings = wordings
        }
    }

    /// Joins the parts of a title, shortening and then leaving out the least important until it fits.
    func title(_ parts: [TitlePart], width: Int) -> DisplayText {
        var parts = parts.filter { !$0.wordings.isEmpty }
        while true {
            let joined = join(parts.compactMap(\.wordings.first?.text))
            let least = parts.indices.min { first, second in
                (parts[first].wordings.first?.priority ?? 0) < (parts[second].wordings.first?.priority ?? 0)
            }
            guard joined.width > width, let least else { return joined }
            parts[least].wordings.removeFirst()
            if parts[least].wordings.isEmpty { parts.remove(at: least) }
        }
    }

    /// Joins texts with the separator of titles.
    func join(_ texts: [DisplayText]) -> DisplayText {
        let separator: DisplayText = glyphs.level == .ascii ? " - " : " · "
        return texts.dropFirst().reduce(texts.first ?? .empty) { $0 + separator + $1 }
    }
}
