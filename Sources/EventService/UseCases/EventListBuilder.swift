import NIOCore

/// Joins JSON values that come in any order into one array in theirs.
///
/// It holds the answer, and the values that came before their turn: never more than the answer in the end.
struct EventListBuilder: Sendable {
    private var body = ByteBuffer(string: "[")
    private var next = 0
    private var early: [Int: ByteBuffer?] = [:]
    private var isEmpty = true

    /// The bytes that it holds.
    private(set) var size = 1

    /// Adds the value at an index, counted from 0 without gaps; `nil` leaves the index out of the array.
    mutating func add(_ value: ByteBuffer?, at index: Int) {
        size += (value?.readableBytes ?? 0) + 1
        guard index == next else {
            // A copy of the bytes alone: the buffer that they arrived in is larger and would be kept alive.
            early.updateValue(value.map { ByteBuffer(bytes: $0.readableBytesView) }, forKey: index)
            return
        }
        append(value)
        while let value = early.removeValue(forKey: next) { append(value) }
    }

    /// Leaves out every index below `count` that nothing was added at.
    /// - Returns: Those indices, in order.
    mutating func leaveOutRest(below count: Int) -> [Int] {
        let rest = (next..<max(next, count)).filter { early[$0] == nil }
        for index in rest { add(nil, at: index) }
        return rest
    }

    /// The array of everything that was added.
    mutating func finish() -> ByteBuffer {
        body.writeString("]")
        return body
    }

    private mutating func append(_ value: ByteBuffer?) {
        next += 1
        guard let value else { return }
        if !isEmpty { body.writeString(",") }
        isEmpty = false
        body.writeImmutableBuffer(value)
    }
}
