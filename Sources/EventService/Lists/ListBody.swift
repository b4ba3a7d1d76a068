import NIOCore

/// The JSON array of some elements of a list, whose bytes it copies.
struct ListBody {
    private let names: [String]
    private var result = ByteBuffer(string: "[")
    private var isEmpty = true

    /// - Parameters:
    ///   - names: The members to copy of each element; empty for the whole element.
    ///   - capacity: The bytes of the elements together, where they are copied whole.
    init(names: [String], capacity: Int) {
        self.names = names
        if names.isEmpty { result.reserveCapacity(capacity + 2) }
    }

    /// Ends the array and returns it.
    mutating func finish() -> ByteBuffer {
        result.writeInteger(UInt8(ascii: "]"))
        return result
    }

    /// Adds the elements that stand at some places of a list that was scanned before.
    mutating func add(_ ranges: some Sequence<Range<Int>>, of list: ByteBuffer) {
        list.withUnsafeReadableBytes { bytes in
            for range in ranges {
                if !isEmpty { result.writeInteger(UInt8(ascii: ",")) }
                isEmpty = false
                if names.isEmpty {
                    result.writeBytes(UnsafeRawBufferPointer(rebasing: bytes[range]))
                } else {
                    addMembers(ofObjectAt: range, bytes)
                }
            }
        }
    }

    private mutating func addMembers(ofObjectAt range: Range<Int>, _ bytes: UnsafeRawBufferPointer) {
        var scanner = JSONScanner(bytes)
        scanner.offset = range.lowerBound
        var separator = UInt8(ascii: "{")
        do {
            try scanner.scanObject { (scanner, key) throws(JSONError) in
                try scanner.skipValue()
                guard names.contains(where: { scanner.string(at: key, equals: $0) }) else { return }
                result.writeInteger(separator)
                result.writeBytes(UnsafeRawBufferPointer(rebasing: bytes[key.lowerBound..<scanner.offset]))
                separator = UInt8(ascii: ",")
            }
        } catch {
            preconditionFailure("it was well-formed before: \(error)")
        }
        if separator == UInt8(ascii: "{") { result.writeInteger(separator) }
        result.writeInteger(UInt8(ascii: "}"))
    }
}
