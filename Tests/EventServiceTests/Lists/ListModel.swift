import EventService
import NIOCore
import TestSupport

/// A JSON value as its meaning and as some text that means it.
enum ModelValue: Equatable {
    case number(Double, text: String)
    case string(String)
    case boolean(Bool)
    case null
    case array([ModelValue])
    case object

    /// JSON text; what can be written in several ways is written in a random one.
    func json(using random: inout SplitMix64) -> String {
        switch self {
        case .number(_, let text): text
        case .string(let text): quoted(text, using: &random)
        case .boolean(let value): value ? "true" : "false"
        case .null: "null"
        case .array(let values):
            "[" + values.map { $0.json(using: &random) }.joined(separator: random.next() % 2 == 0 ? "," : " , ") + "]"
        case .object: #"{"id":"inner","name":["x"]}"#
        }
    }
}

/// A JSON string with some of its characters escaped.
func quoted(_ text: String, using random: inout SplitMix64) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
        if scalar == "\"" || scalar == "\\" || scalar.value < 0x20 || random.next() % 8 == 0 {
            for unit in String(scalar).utf16 {
                let digits = String(unit, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        } else {
            result.unicodeScalars.append(scalar)
        }
    }
    return result + "\""
}

/// An element of a list, with its text.
struct ModelElement: Equatable {
    let id: String
    let members: [String: ModelValue]
    let text: String

    init(id: String, members: [String: ModelValue], using random: inout SplitMix64) {
        var members = members
        members["id"] = .string(id)
        let space = random.next() % 3 == 0 ? " " : ""
        let parts = members.sorted { $0.key < $1.key }.shuffled(using: &random).map { name, value in
            "\(quoted(name, using: &random))\(space):\(space)\(value.json(using: &random))"
        }
        self.id = id
        self.members = members
        text = "{\(space)" + parts.joined(separator: "\(space),") + "\(space)}"
    }

    /// An element of random members, of few different values so that many are the same.
    init(id: String, using random: inout SplitMix64) {
        var members: [String: ModelValue] = [:]
        for name in ["name", "n", "userId"] where random.next() % 6 > 0 {
            members[name] = Self.values[Int.random(in: 0..<Self.values.count, using: &random)]
        }
        members["events"] = .array(Self.values.filter { _ in random.next() % 9 == 0 })
        self.init(id: id, members: members, using: &random)
    }

    static let values: [ModelValue] = [
        .number(1, text: "1"), .number(1, text: "1.0"), .number(-2, text: "-2"), .number(10, text: "1e1"),
        .number(0, text: "-0"), .number(9.5, text: "9.5"), .string("1"), .string("10"), .string("a"), .string("B"),
        .string("ab"), .string("é"), .string("e\u{301}"), .string("\u{FFFD}"), .string("😀"), .string("a\"\\\n"),
        .string(""), .string("longer than eight 1"), .string("longer than eight 2"), .string("LONGER ß"),
        .boolean(true), .boolean(false), .null, .array([.string("a")]), .object,
    ]
}

/// A list's JSON text.
func body(_ elements: [ModelElement]) -> ByteBuffer {
    ByteBuffer(string: " [ " + elements.map(\.text).joined(separator: " , ") + " ] ")
}

/// What a query means, told plainly.
struct ListModel {
    var elements: [ModelElement]

    /// The elements that pass the filters, in order.
    func all(_ query: ListQuery) -> [ModelElement] {
        elements.enumerated()
            .filter { _, element in query.filters.allSatisfy { holds($0, element) } }
            .sorted { left, right in
                for key in query.sort {
                    let (first, second) = (sorted(left.element, key), sorted(right.element, key))
                    // Lists of numbers, the rank in front; what is missing is last in either direction.
                    let isMissing = first.first == 3 || second.first == 3
                    if first != second {
                        return first.lexicographicallyPrecedes(second) != (key.isDescending && !isMissing)
                    }
                }
                return left.offset < right.offset
            }
            .map(\.element)
    }

    private func sorted(_ element: ModelElement, _ key: ListSortKey) -> [Double] {
        switch element.members[key.field] {
        case .number(let number, _): [0, number]
        case .string(let text): [1] + text.unicodeScalars.map { Double($0.value) }
        case .boolean(let value): [2, value ? 1 : 0]
        case .null, .array, .object, nil: [3]
        }
    }

    private func holds(_ filter: ListFilter, _ element: ModelElement) -> Bool {
        let value = element.members[filter.field]
        switch filter.operation {
        case .equal: return isEqual(value, filter.value)
        case .notEqual: return !isEqual(value, filter.value)
        case .contains:
            return text(value)?.lowercased().unicodeScalars.containsAll(of: filter.value.lowercased()) ?? false
        case .less: return order(value, filter.value).map { $0 < 0 } ?? false
        case .lessOrEqual: return order(value, filter.value).map { $0 <= 0 } ?? false
        case .greater: return order(value, filter.value).map { $0 > 0 } ?? false
        case .greaterOrEqual: return order(value, filter.value).map { $0 >= 0 } ?? false
        }
    }

    private func isEqual(_ value: ModelValue?, _ other: String) -> Bool {
        guard case .array(let values) = value else { return order(value, other) == 0 }
        return values.contains { order($0, other) == 0 }
    }

    private func order(_ value: ModelValue?, _ other: String) -> Int? {
        // A value that JSON wouldn't call a number is text.
        if case .number(let number, _) = value,
            other.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/) != nil, let second = Double(other)
        {
            return number < second ? -1 : number > second ? 1 : 0
        }
        guard let first = text(value).map({ $0.unicodeScalars.map(\.value) }) else { return nil }
        let second = other.unicodeScalars.map(\.value)
        return first == second ? 0 : first.lexicographicallyPrecedes(second) ? -1 : 1
    }

    private func text(_ value: ModelValue?) -> String? {
        switch value {
        case .number(_, let text), .string(let text): text
        case .boolean(let value): value ? "true" : "false"
        case .null, .array, .object, nil: nil
        }
    }
}

extension String.UnicodeScalarView {
    fileprivate func containsAll(of other: String) -> Bool {
        let (own, other) = (Array(self), Array(other.unicodeScalars))
        guard own.count >= other.count else { return false }
        return (0...own.count - other.count).contains { Array(own[$0..<$0 + other.count]) == other }
    }
}
