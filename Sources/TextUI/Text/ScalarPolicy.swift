/// What happens to one scalar of untrusted text.
enum ScalarPolicy: Equatable {
    /// It starts a cluster as it is.
    case draw
    /// It starts a cluster as another scalar.
    case replace(Unicode.Scalar)
    /// It joins the cluster before it and takes no room.
    case mark
    /// A medial or final Hangul jamo: joins an initial one.
    case vowelJamo

    /// Stands for what would be invisible.
    static let hidden: Unicode.Scalar = "·"
    /// Stands for what can't be drawn.
    static let unknown: Unicode.Scalar = "\u{FFFD}"
    /// Carries a combining mark that has no base.
    static let dottedCircle: Unicode.Scalar = "\u{25CC}"

    /// The policy for a scalar.
    static func of(_ scalar: Unicode.Scalar) -> ScalarPolicy {
        let properties = scalar.properties
        // Covers bidi controls, joiners, zero-width characters, fillers, variation selectors and tags, assigned or not.
        if properties.isDefaultIgnorableCodePoint {
            return .replace(hidden)
        }
        switch properties.generalCategory {
        case .control:
            return .replace(picture(of: scalar.value))
        case .format, .lineSeparator, .paragraphSeparator:
            return .replace(hidden)
        case .unassigned, .privateUse, .surrogate:
            return .replace(unknown)
        case .spaceSeparator:
            return scalar.value == 0x3000 ? .draw : .replace(" ")
        case .nonspacingMark, .enclosingMark:
            return ScalarWidth.isContested(scalar) ? .replace(unknown) : .mark
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .spacingMark,
            .decimalNumber, .letterNumber, .otherNumber, .connectorPunctuation, .dashPunctuation, .openPunctuation,
            .closePunctuation, .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol,
            .modifierSymbol, .otherSymbol:
            return visible(scalar)
        @unknown default:
            return .replace(unknown)
        }
    }

    private static func visible(_ scalar: Unicode.Scalar) -> ScalarPolicy {
        switch scalar.value {
        case 0x1F1E6...0x1F1FF:
            return .replace(Unicode.Scalar(UInt8(scalar.value - 0x1F1E6) + UInt8(ascii: "A")))
        case 0x1F3FB...0x1F3FF:
            return .replace(hidden)
        case _ where isMedialOrFinalJamo(scalar.value):
            return .vowelJamo
        case _ where ScalarWidth.isContested(scalar):
            return .replace(unknown)
        default:
            return .draw
        }
    }

    private static func isMedialOrFinalJamo(_ value: UInt32) -> Bool {
        (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FB).contains(value)
    }

    /// The control picture of C0 and DEL; C1 controls have none.
    private static func picture(of value: UInt32) -> Unicode.Scalar {
        switch value {
        case 0x00...0x1F: Unicode.Scalar(0x2400 + value) ?? hidden
        case 0x7F: "\u{2421}"
        default: hidden
        }
    }
}
