import Testing

@testable import EventService

@Suite("Event identifiers")
struct EventIDGeneratorTests {
    @Test("have the layout of a UUID of version 7")
    func layout() {
        // The example of RFC 9562, appendix A.6.
        let generator = EventIDGenerator(milliseconds: { 0x017F_22E2_79B0 }, random: { (0xCC3, 0x18C4_DC0C_0C07_398F) })
        #expect(generator.next() == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f")
    }

    @Test("have version and variant whatever the time and the random bits", arguments: [0, .max] as [UInt64])
    func versionAndVariant(bits: UInt64) {
        for time in [0, 1, 0xFFFF_FFFF_FFFF, .max] as [UInt64] {
            let id = EventIDGenerator(milliseconds: { time }, random: { (bits, bits) }).next()
            #expect(
                id.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil,
                "\(id)"
            )
        }
    }

    @Test("sort by the time they were made, whatever the random bits")
    func sorted() {
        let times =
            [0, 1, 255, 256, 0xFFFF, 0x1_0000, 1_700_000_000_000, 1_700_000_000_001, 0xFFFF_FFFF_FFFF] as [UInt64]
        let ids = times.map { time in
            let bits: UInt64 = time.isMultiple(of: 2) ? .max : 0
            return EventIDGenerator(milliseconds: { time }, random: { (bits, bits) }).next()
        }
        #expect(ids == ids.sorted())
        #expect(Set(ids).count == ids.count)
    }

    @Test("differ within one millisecond")
    func unique() {
        let generator = EventIDGenerator { 0 }
        #expect(Set((0..<10_000).map { _ in generator.next() }).count == 10_000)
    }
}
