import EventService
import Foundation
import GRDB

/// What is found out about a file before anything is written to it: a damaged one may yet be saved, and a newer one is another
/// program's.
enum DatabaseCheck {
    /// The largest file that is read from end to end, which takes about a second for each GiB where it isn't in memory.
    ///
    /// Of a larger one only the schema is looked at; what is damaged in it shows when it is used.
    private static let sizeLimit = 256 << 20

    /// Checks that a file is empty or a sound database of this version or an earlier one.
    static func check(_ path: String, _ configuration: StoreConfiguration) throws {
        var reading = Configuration.store(configuration)
        reading.readonly = true
        let connection = try DatabaseQueue(path: path, configuration: reading)
        try connection.read { database in
            if try DatabaseMigrator.store.hasBeenSuperseded(database) {
                throw StoreError(.tooNew, in: path, reason: "")
            }
            guard try size(of: database) <= sizeLimit else { return }
            let finding = try String.fetchOne(database, sql: "PRAGMA quick_check(1)")
            guard finding == "ok" else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: finding) }
        }
        try connection.close()
    }

    private static func size(of database: Database) throws -> Int {
        let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
        return try pages * (Int.fetchOne(database, sql: "PRAGMA page_size") ?? 0)
    }
}
