import Foundation

/// What the elements of a list are sorted by, one row an element, packed so that comparing rows touches little memory.
struct SortKeys {
    /// One value: 16 bytes, and its text in `texts`.
    private struct Entry {
        /// The value's place among those of its rank; of a text, its first 8 bytes.
        var order: UInt64
        var start: UInt32 = 0
        var length: UInt16 = 0
        var rank: Rank
    }

    private enum Rank: UInt8 {
        case number, text, boolean, missing
    }

    private let isDescending: [Bool]
    private var entries: [Entry] = []
    private var texts: [UInt8] = []

    init(_ sort: [ListSortKey]) {
        isDescending = sort.map(\.isDescending)
    }

    /// How many values a row has.
    var width: Int { isDescending.count }

    /// Adds a value to the last row, or begins a new one where that is complete.
    mutating func append(_ member: ListMember?, in scanner: JSONScanner) {
        switch member?.kind {
        case .string:
            guard let member else { return }
            _ = scanner.withText(of: member) { append(text: prefix(of: $0, atMost: SortValue.maximumTextLength)) }
        default: append(SortValue(member, in: scanner))
        }
    }

    /// Adds a value to the last row, or begins a new one where that is complete.
    mutating func append(_ value: SortValue) {
        switch value {
        case .missing: entries.append(Entry(order: 0, rank: .missing))
        case .number(let number): entries.append(Entry(order: Self.order(of: number), rank: .number))
        case .boolean(let value): entries.append(Entry(order: value ? 1 : 0, rank: .boolean))
        case .text(let text): text.withUnsafeBytes { append(text: $0) }
        }
    }

    /// Removes the last row.
    mutating func removeLast() {
        for entry in entries.suffix(width) { texts.removeLast(Int(entry.length)) }
        entries.removeLast(width)
    }

    /// The values of a row.
    func values(at row: Int) -> [SortValue] {
        entries[row * width..<(row + 1) * width].map { entry in
            switch entry.rank {
            case .missing: .missing
            case .number: .number(Self.number(of: entry.order))
            case .boolean: .boolean(entry.order == 1)
            case .text: .text(Array(texts[Int(entry.start)..<Int(entry.start) + Int(entry.length)]))
            }
        }
    }

    /// The order of two rows: negative, 0 where all values are the same, or positive.
    func compare(_ left: Int, _ right: Int) -> Int {
        for column in 0..<width {
            let (first, second) = (entries[left * width + column], entries[right * width + column])
            let order = compare(first, second)
            if order == 0 { continue }
            // What is missing comes last in either direction.
            let staysAsIs = first.rank == .missing || second.rank == .missing || !isDescending[column]
            return staysAsIs ? order : -order
        }
        return 0
    }

    private func compare(_ first: Entry, _ second: Entry) -> Int {
        if first.rank != second.rank { return Int(first.rank.rawValue) - Int(second.rank.rawValue) }
        if first.order != second.order { return first.order < second.order ? -1 : 1 }
        guard first.rank == .text else { return 0 }
        return texts.withUnsafeBytes { texts in
            compareBytes(Self.text(of: first, in: texts), Self.text(of: second, in: texts))
        }
    }

    private static func text(of entry: Entry, in texts: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: texts[Int(entry.start)..<Int(entry.start) + Int(entry.length)])
    }

    private mutating func append(text: UnsafeRawBufferPointer) {
        var order: UInt64 = 0
        for index in 0..<8 { order = order << 8 | (index < text.count ? UInt64(text[index]) : 0) }
        entries.append(
            Entry(order: order, start: UInt32(texts.count), length: UInt16(text.count), rank: .text)
        )
        texts.append(contentsOf: text)
    }

    /// The bits of a number, turned so that they compare as the numbers do; both zeros are the same.
    private static func order(of number: Double) -> UInt64 {
        let bits = (number == 0 ? 0 : number).bitPattern
        return bits & signBit == 0 ? bits | signBit : ~bits
    }

    private static func number(of order: UInt64) -> Double {
        Double(bitPattern: order & signBit == 0 ? ~order : order & ~signBit)
    }

    private static let signBit: UInt64 = 1 << 63
}
