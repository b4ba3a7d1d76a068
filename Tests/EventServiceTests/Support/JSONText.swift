import NIOCore

@testable import EventService

/// What the scanner says about a text: `nil` if it is one JSON value.
func scanError(_ bytes: some Sequence<UInt8>) -> JSONError? {
    do {
        try ByteBuffer(bytes: bytes).scanJSON { (scanner) throws(JSONError) in _ = try scanner.skipValue() }
        return nil
    } catch {
        return error
    }
}

/// What the scanner says about a text: `nil` if it is one JSON value.
func scanError(_ text: String) -> JSONError? {
    scanError(text.utf8)
}
