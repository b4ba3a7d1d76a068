import NIOCore

@testable import EventService

/// The text of each element of a JSON array.
func elementTexts(_ array: ByteBuffer) throws -> [String] {
    let text = String(buffer: array)
    return try array.scanJSON { (scanner) throws(JSONError) in
        var elements: [String] = []
        try scanner.scanArray { (scanner, _) throws(JSONError) in
            let range = try scanner.skipValue()
            elements.append(String(decoding: Array(text.utf8)[range], as: UTF8.self))
        }
        return elements
    }
}
