import Foundation
import NIOCore

extension ListCursor {
    /// The longest text that is read, in bytes: a little more than what the limits of a cursor's parts make possible.
    public static let maximumTextLength = 3600

    private static let version: UInt8 = 1

    /// The cursor as text that means nothing to a client: base64url without padding (RFC 4648, section 5).
    public var text: String {
        Data(encoded.readableBytesView).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// Reads a cursor that `text` made; `nil` for anything else.
    ///
    /// A text that somebody else made up may be taken, too: then the page starts at some other place of the list.
    public init?(_ text: String) {
        guard text.utf8.count <= Self.maximumTextLength, !text.utf8.contains(where: { "+/=".utf8.contains($0) }) else {
            return nil
        }
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        let standard = text.replacing("-", with: "+").replacing("_", with: "/") + padding
        guard let data = Data(base64Encoded: standard) else { return nil }
        var bytes = ByteBuffer(bytes: data)
        self.init(decoding: &bytes)
        guard bytes.readableBytes == 0 else { return nil }
    }

    // MARK: - Bytes

    private var encoded: ByteBuffer {
        var bytes = ByteBuffer()
        bytes.writeInteger(Self.version)
        bytes.writeInteger(UInt8(isBackward ? 1 : 0) | (isWhole ? 2 : 0))
        bytes.writeInteger(UInt32(clamping: place))
        bytes.writeInteger(UInt8(clamping: sort.count))
        for (key, value) in zip(sort, values) {
            bytes.writeInteger(UInt8(key.isDescending ? 1 : 0))
            bytes.write(Array(key.field.utf8))
            bytes.write(value)
        }
        bytes.writeInteger(UInt8(clamping: ids.count))
        for id in ids { bytes.write(id) }
        return bytes
    }

    private init?(decoding bytes: inout ByteBuffer) {
        guard bytes.readInteger() == Self.version, let flags = bytes.readInteger(as: UInt8.self), flags < 4,
            let place = bytes.readInteger(as: UInt32.self), let count = bytes.readInteger(as: UInt8.self),
            count <= ListQuery.maximumSortKeys
        else { return nil }
        var (sort, values): ([ListSortKey], [SortValue]) = ([], [])
        for _ in 0..<count {
            guard let direction = bytes.readInteger(as: UInt8.self), direction < 2,
                let name = bytes.readText(atMost: ListQuery.maximumNameLength), let value = bytes.readSortValue()
            else { return nil }
            sort.append(ListSortKey(field: String(decoding: name, as: UTF8.self), isDescending: direction == 1))
            values.append(value)
        }
        guard let ids = bytes.readIDs() else { return nil }
        self.init(
            isBackward: flags & 1 != 0,
            sort: sort,
            values: values,
            ids: ids,
            isWhole: flags & 2 != 0,
            place: Int(place)
        )
    }
}

extension ByteBuffer {
    fileprivate mutating func write(_ text: [UInt8]) {
        writeInteger(UInt16(clamping: text.count))
        writeBytes(text)
    }

    fileprivate mutating func write(_ value: SortValue) {
        switch value {
        case .missing: writeInteger(UInt8(0))
        case .number(let number):
            writeInteger(UInt8(1))
            writeInteger(number.bitPattern)
        case .text(let text):
            writeInteger(UInt8(2))
            write(text)
        case .boolean(let value): writeInteger(UInt8(value ? 4 : 3))
        }
    }

    fileprivate mutating func readText(atMost limit: Int) -> [UInt8]? {
        guard let count = readInteger(as: UInt16.self), count <= limit else { return nil }
        return readBytes(length: Int(count))
    }

    fileprivate mutating func readSortValue() -> SortValue? {
        switch readInteger(as: UInt8.self) {
        case 0: .missing
        // No JSON is "not a number", and nothing could be compared with it.
        case 1: readInteger(as: UInt64.self).map(Double.init(bitPattern:)).flatMap { $0.isNaN ? nil : .number($0) }
        case 2: readText(atMost: SortValue.maximumTextLength).map { .text($0) }
        case 3: .boolean(false)
        case 4: .boolean(true)
        default: nil
        }
    }

    fileprivate mutating func readIDs() -> [[UInt8]]? {
        guard let count = readInteger(as: UInt8.self), count <= ListCursor.maximumIDs else { return nil }
        var ids: [[UInt8]] = []
        for _ in 0..<count {
            guard let id = readText(atMost: ListCursor.maximumIDBytes) else { return nil }
            ids.append(id)
        }
        return ids
    }
}
