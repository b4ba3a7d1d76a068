import EventService
import NIOCore
import Testing

@Suite("Entity tags")
struct EntityTagTests {
    @Test("are the first half of the bytes' SHA-256 in quotes, whatever buffer the bytes stand in")
    func known() {
        // The first test vector of FIPS 180-2, "abc".
        let tag = #""ba7816bf8f01cfea414140de5dae2223""#
        #expect(EntityTag(of: ByteBuffer(string: "abc")).description == tag)
        var slice = ByteBuffer(string: "--abc--")
        slice.moveReaderIndex(forwardBy: 2)
        slice.moveWriterIndex(to: 5)
        #expect(EntityTag(of: slice).description == tag)
    }

    @Test("tell apart what lacks something, and what it lacks")
    func missing() {
        let body = ByteBuffer(string: "[]")
        let tags = [[], ["a"], ["b"], ["a", "b"], ["ab"], ["", "ab"]].map { EntityTag(of: body, missing: $0) }
        #expect(Set(tags).count == tags.count)
        #expect(EntityTag(of: body, missing: ["a"]) == EntityTag(of: body, missing: ["a"]))
    }
}
