/// A piece of an HTML page.
///
/// Whatever it is made from is escaped when it is written, so there is no text that could become markup.
indirect enum HTML: Sendable {
    case text(String)
    case element(String, attributes: [(String, String)], [HTML])
    case group([HTML])
    /// A stylesheet, which HTML has no escapes for: it must not contain `</`.
    case style(String)

    /// An element with its attributes and what is in it.
    static func tag(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ content: HTML...) -> HTML {
        .element(name, attributes: attributes.map { ($0.key, $0.value) }, content)
    }

    /// A text that is code.
    static func code(_ text: String) -> HTML {
        .tag("code", [:], .text(text))
    }

    /// A link.
    static func link(_ target: String, _ content: HTML) -> HTML {
        .tag("a", ["href": target], content)
    }

    /// The whole page that has this as its `html` element.
    var page: String {
        var text = "<!doctype html>\n"
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        switch self {
        case .text(let value): text += Self.escaped(value)
        case .group(let pieces): for piece in pieces { piece.write(to: &text) }
        case .style(let sheet): text += "<style>\(sheet)</style>"
        case .element(let name, let attributes, let content):
            text += "<\(name)"
            for (name, value) in attributes { text += " \(name)=\"\(Self.escaped(value))\"" }
            text += ">"
            guard !Self.voidElements.contains(name) else { return }
            for piece in content { piece.write(to: &text) }
            text += "</\(name)>"
        }
    }

    /// What has no content and no end tag (WHATWG HTML, section 13.1.2, "Elements").
    private static let voidElements: Set<String> = ["br", "hr", "link", "meta", "wbr"]

    private static func escaped(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

extension HTML: ExpressibleByStringInterpolation, ExpressibleByArrayLiteral {
    init(stringLiteral value: String) {
        self = .text(value)
    }

    init(arrayLiteral elements: HTML...) {
        self = .group(elements)
    }
}
