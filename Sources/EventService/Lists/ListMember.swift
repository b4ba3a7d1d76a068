/// Where a member's value stands in a list's bytes.
struct ListMember {
    let kind: JSONScanner.Kind
    let range: Range<Int>
}

extension JSONScanner {
    /// Hands over the text of a string, decoded, or of a number or boolean, as it is written; `nil` for any other value.
    func withText<Value>(of member: ListMember, _ body: (UnsafeRawBufferPointer) -> Value) -> Value? {
        switch member.kind {
        case .number, .boolean: return body(UnsafeRawBufferPointer(rebasing: bytes[member.range]))
        case .string:
            let content = bytes[member.range].dropFirst().dropLast()
            guard content.contains(UInt8(ascii: "\\")) else { return body(UnsafeRawBufferPointer(rebasing: content)) }
            var text = decodedString(at: member.range)
            return text.withUTF8 { body(UnsafeRawBufferPointer($0)) }
        case .array, .object, .null: return nil
        }
    }

    /// The value of the number at `range`, as near as a `Double` comes; infinite where it is out of range.
    func number(at range: Range<Int>) -> Double {
        // What the scanner took for a number, `Double` does too.
        Double(String(decoding: bytes[range], as: UTF8.self)) ?? 0
    }

    /// The value of a text that is one JSON number and nothing else.
    static func number(_ text: String) -> Double? {
        var text = text
        return text.withUTF8 { bytes in
            var scanner = JSONScanner(UnsafeRawBufferPointer(bytes))
            do {
                guard try scanner.peekKind() == .number, scanner.offset == 0 else { return nil }
                try scanner.skipNumber()
            } catch {
                return nil
            }
            return scanner.offset == bytes.count ? scanner.number(at: 0..<bytes.count) : nil
        }
    }

    /// The elements of an array that was scanned before; none for any other value.
    func elements(of member: ListMember?) -> [ListMember] {
        guard let member, member.kind == .array else { return [] }
        var elements: [ListMember] = []
        var scanner = JSONScanner(bytes)
        scanner.offset = member.range.lowerBound
        do {
            try scanner.scanArray { (scanner, _) throws(JSONError) in
                let kind = try scanner.peekKind()
                elements.append(ListMember(kind: kind, range: try scanner.skipValue()))
            }
        } catch {
            preconditionFailure("it was well-formed before: \(error)")
        }
        return elements
    }

    /// The member `name` of the object at `range`, which was scanned before: the last one, if there are several.
    func member(_ name: String, ofObjectAt range: Range<Int>) -> ListMember? {
        var found: ListMember?
        var scanner = JSONScanner(bytes)
        scanner.offset = range.lowerBound
        do {
            try scanner.scanObject { (scanner, key) throws(JSONError) in
                let kind = try scanner.peekKind()
                let value = try scanner.skipValue()
                if scanner.string(at: key, equals: name) { found = ListMember(kind: kind, range: value) }
            }
        } catch {
            preconditionFailure("it was well-formed before: \(error)")
        }
        return found
    }
}
