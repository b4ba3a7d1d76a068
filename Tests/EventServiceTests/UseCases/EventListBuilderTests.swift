import NIOCore
import TestSupport
import Testing

@testable import EventService

@Suite("Event list builder")
struct EventListBuilderTests {
    @Test("brings values that come in any order into theirs", arguments: 0..<50)
    func anyOrder(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let count = Int.random(in: 0...40, using: &random)
        let values = (0..<count).map { Bool.random(using: &random) ? "{\"n\":\($0)}" : nil }
        var builder = EventListBuilder()
        for index in values.indices.shuffled(using: &random) {
            builder.add(values[index].map { ByteBuffer(string: $0) }, at: index)
        }
        let list = builder.finish()
        #expect(String(buffer: list) == "[\(values.compactMap { $0 }.joined(separator: ","))]")
        try JSONShape.array(of: .any).check(list)
    }

    @Test("makes an empty array of nothing, and of nothing but holes")
    func empty() {
        var nothing = EventListBuilder()
        #expect(String(buffer: nothing.finish()) == "[]")
        var holes = EventListBuilder()
        for index in [2, 0, 1] { holes.add(nil, at: index) }
        #expect(String(buffer: holes.finish()) == "[]")
    }

    @Test("does not keep a large buffer for the few bytes of it that are the value")
    func compact() {
        var builder = EventListBuilder()
        var storage = ByteBuffer(repeating: UInt8(ascii: " "), count: 100_000)
        storage.setString("7", at: 50_000)
        for index in (1...100).reversed() {
            builder.add(storage.getSlice(at: 50_000, length: 1), at: index)
        }
        #expect(builder.earlyCapacity < 100 * 64)
    }
}

extension EventListBuilder {
    /// The memory that the values take which came before their turn, in bytes.
    fileprivate var earlyCapacity: Int {
        Mirror(reflecting: self).children.filter { $0.label == "early" }
            .compactMap { $0.value as? [Int: ByteBuffer?] }.flatMap(\.values)
            .reduce(0) { $0 + ($1?.storageCapacity ?? 0) }
    }
}
