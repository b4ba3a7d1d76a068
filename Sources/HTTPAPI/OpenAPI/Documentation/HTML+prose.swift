extension HTML {
    /// The paragraphs, lists and code spans of a description, which is all of CommonMark that descriptions use.
    static func prose(_ text: String) -> HTML {
        var blocks: [HTML] = []
        var items: [HTML] = []
        var paragraph: [Substring] = []
        func endParagraph() {
            if !paragraph.isEmpty { blocks.append(.tag("p", [:], spans(paragraph.joined(separator: " ")))) }
            paragraph = []
        }
        func endList() {
            if !items.isEmpty { blocks.append(.element("ul", attributes: [], items)) }
            items = []
        }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("- ") {
                endParagraph()
                items.append(.tag("li", [:], spans(String(line.dropFirst(2)))))
            } else {
                endList()
                if line.isEmpty { endParagraph() } else { paragraph.append(line) }
            }
        }
        endParagraph()
        endList()
        return .group(blocks)
    }

    /// A line of text in which what stands between backticks is code; the name of a schema there links to it.
    static func spans(_ text: String) -> HTML {
        let pieces = text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
        return .group(
            pieces.map { index, piece in
                guard index.isMultiple(of: 2) else {
                    let code = HTML.code(String(piece))
                    return Components.schemas[String(piece)] == nil ? code : .link("#schema-\(piece)", code)
                }
                return .text(String(piece))
            }
        )
    }
}
