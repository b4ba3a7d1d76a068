import EventService
import Foundation
import Testing

@Suite("JSON written piece by piece")
struct JSONWriterTests {
    private func text(_ write: (inout JSONWriter) -> Void) -> String {
        var json = JSONWriter(reservingCapacity: 0)
        write(&json)
        return String(decoding: json.bytes, as: UTF8.self)
    }

    @Test("commas stand between members and elements, and nowhere else")
    func commas() {
        let text = text { json in
            json.beginObject()
            json.write("a", 1)
            json.write("b", false)
            json.write(name: "c")
            json.beginArray()
            json.beginObject()
            json.endObject()
            json.write("x")
            json.write(literal: "1.5")
            json.beginArray()
            json.endArray()
            json.endArray()
            json.write("d", "")
            json.endObject()
        }
        #expect(text == #"{"a":1,"b":false,"c":[{},"x",1.5,[]],"d":""}"#)
    }

    @Test("text that ends like an opening bracket is text")
    func brackets() {
        let text = text { json in
            json.beginArray()
            for value in ["{", "[", ":", "\n"] { json.write(value) }
            json.endArray()
        }
        #expect(text == #"["{","[",":","\n"]"#)
    }

    @Test("values on lines of their own have no commas between them")
    func lines() {
        let text = text { json in
            for number in 1...2 {
                json.beginObject()
                json.write("n", number)
                json.endObject()
                json.endLine()
            }
        }
        #expect(text == "{\"n\":1}\n{\"n\":2}\n")
    }

    @Test("every scalar comes back as it was from a reader that isn't ours")
    func everyScalar() throws {
        // Between others, because Foundation drops U+FEFF where a text begins.
        let original = (0...0x10FFFF).compactMap(Unicode.Scalar.init).map { "<\($0)>" }
        var json = JSONWriter()
        json.beginArray()
        for text in original { json.write(text) }
        json.endArray()
        let read = try #require(try JSONSerialization.jsonObject(with: Data(json.bytes)) as? [String])
        #expect(read.count == original.count)
        let wrong = zip(original, read).first { Array($0.utf8) != Array($1.utf8) }
        #expect(wrong == nil, "\(wrong?.0.debugDescription ?? "")")
    }
}
