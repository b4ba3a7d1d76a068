import EventService
import Foundation
import GRDB

extension IdempotentAnswer {
    /// Reads the answer from the row of a key; `nil` where it has none.
    init?(_ row: Row) throws {
        guard let status = row["status"] as Int? else { return nil }
        guard let stored = row["fields"] as Data?, let body = try row.bytes("body"),
            let fields = try? JSONDecoder().decode([Field].self, from: stored)
        else { throw DatabaseError.unreadable("the answer to a request") }
        self.init(status: status, fields: fields, body: body)
    }

    /// The header fields as they are stored: JSON.
    var storedFields: String {
        get throws { String(decoding: try JSONEncoder().encode(fields), as: UTF8.self) }
    }
}
