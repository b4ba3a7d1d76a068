import Foundation
import NIOCore

@testable import HTTPAPI

extension JSONDocument {
    /// Reads JSON.
    init(parsing bytes: some Collection<UInt8>) throws {
        self = try JSONDecoder().decode(Parsed.self, from: Data(bytes)).document
    }

    init(parsing text: String) throws {
        try self.init(parsing: text.utf8)
    }

    /// The number, where this is a whole one.
    var number: Int? {
        if case .integer(let number) = self { number } else { nil }
    }

    private struct Parsed: Decodable {
        let document: JSONDocument

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            // What is most frequent comes first, for a failed attempt is slow.
            if let value = try? container.decode(String.self) {
                document = .string(value)
            } else if let value = try? container.decode(Int.self) {
                document = .integer(value)
            } else if let value = try? container.decode(Double.self) {
                document = .number(value)
            } else if let value = try? container.decode([String: Parsed].self) {
                document = .object(value.mapValues(\.document))
            } else if let value = try? container.decode([Parsed].self) {
                document = .array(value.map(\.document))
            } else if let value = try? container.decode(Bool.self) {
                document = .boolean(value)
            } else {
                guard container.decodeNil() else { throw UnknownValue() }
                document = .null
            }
        }
    }

    private struct UnknownValue: Error {}
}
