import Foundation

extension ListFilter {
    /// Whether it holds for a member; `nil` where the element lacks it.
    func holds(for member: ListMember?, in scanner: JSONScanner) -> Bool {
        switch operation {
        case .equal: isEqual(to: member, in: scanner)
        case .notEqual: !isEqual(to: member, in: scanner)
        case .less: compare(member, in: scanner).map { $0 < 0 } ?? false
        case .lessOrEqual: compare(member, in: scanner).map { $0 <= 0 } ?? false
        case .greater: compare(member, in: scanner).map { $0 > 0 } ?? false
        case .greaterOrEqual: compare(member, in: scanner).map { $0 >= 0 } ?? false
        case .contains: contains(member, in: scanner)
        }
    }

    private func isEqual(to member: ListMember?, in scanner: JSONScanner) -> Bool {
        guard member?.kind == .array else { return compare(member, in: scanner) == 0 }
        return scanner.elements(of: member).contains { compare($0, in: scanner) == 0 }
    }

    /// Negative where the member comes before the value, 0 where both are the same; `nil` where they can't be compared.
    private func compare(_ member: ListMember?, in scanner: JSONScanner) -> Int? {
        guard let member else { return nil }
        if member.kind == .number, let number {
            let own = scanner.number(at: member.range)
            return own < number ? -1 : own > number ? 1 : 0
        }
        return scanner.withText(of: member) { text in
            var value = value
            return value.withUTF8 { compareBytes(text, UnsafeRawBufferPointer($0)) }
        }
    }

    private func contains(_ member: ListMember?, in scanner: JSONScanner) -> Bool {
        guard let member, let search else { return false }
        return scanner.withText(of: member) { text in
            search.isFound(in: prefix(of: text, atMost: Self.maximumSearchedLength))
        } ?? false
    }
}

/// The order of two texts by their bytes: negative, 0 or positive.
///
/// In UTF-8 it is that of their Unicode scalar values.
func compareBytes(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
    let count = min(left.count, right.count)
    if count > 0, let first = left.baseAddress, let second = right.baseAddress {
        let order = memcmp(first, second, count)
        if order != 0 { return Int(order) }
    }
    return left.count - right.count
}

/// As much of well-formed UTF-8 as fits into `limit` bytes without cutting a scalar.
func prefix(of text: UnsafeRawBufferPointer, atMost limit: Int) -> UnsafeRawBufferPointer {
    guard text.count > limit else { return text }
    var end = limit
    while end > 0, text[end] & 0xC0 == 0x80 { end -= 1 }
    return UnsafeRawBufferPointer(rebasing: text[..<end])
}
