import Hummingbird
import NIOCore

extension JSONDocument {
    /// The elements, where this is an array.
    var elements: [JSONDocument] {
        if case .array(let elements) = self { elements } else { [] }
    }

    /// The members, where this is an object.
    var members: [String: JSONDocument] {
        if case .object(let members) = self { members } else { [:] }
    }

    /// The value as a person reads it: texts without their quotes, the rest as JSON.
    var literal: String {
        text ?? String(buffer: ByteBuffer(encoding: self))
    }
}
