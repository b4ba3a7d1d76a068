import Foundation
import GRDB

/// A text from outside as it is stored: byte for byte.
///
/// SQLite's texts end at a NUL for most of its functions, and GRDB's do too. So one with a NUL is stored as a blob, which a
/// column of texts also takes.
struct StoredText: DatabaseValueConvertible {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    var databaseValue: DatabaseValue {
        text.utf8.contains(0) ? Data(text.utf8).databaseValue : text.databaseValue
    }

    static func fromDatabaseValue(_ value: DatabaseValue) -> StoredText? {
        switch value.storage {
        case .string(let text): StoredText(text)
        case .blob(let bytes): StoredText(String(decoding: bytes, as: UTF8.self))
        default: nil
        }
    }
}
