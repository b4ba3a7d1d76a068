import GRDBSQLite

/// SQLite without anything around it: what each row of a table costs that is durable before the next.
final class BareInserts {
    private let connection: OpaquePointer
    private let insert: OpaquePointer

    init(path: String) throws {
        var connection: OpaquePointer?
        try Self.check(sqlite3_open(path, &connection))
        guard let connection else { throw Failure(code: SQLITE_NOMEM) }
        self.connection = connection
        let schema = """
            PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON;
            PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 16777216;
            CREATE TABLE entries (position INTEGER PRIMARY KEY, id TEXT NOT NULL, event BLOB NOT NULL);
            """
        try Self.check(sqlite3_exec(connection, schema, nil, nil, nil))
        var insert: OpaquePointer?
        try Self.check(
            sqlite3_prepare_v2(connection, "INSERT INTO entries (id, event) VALUES (?, ?)", -1, &insert, nil)
        )
        guard let insert else { throw Failure(code: SQLITE_NOMEM) }
        self.insert = insert
    }

    deinit {
        sqlite3_finalize(insert)
        sqlite3_close(connection)
    }

    /// Inserts a row in a transaction of its own.
    func add(id: String, event: [UInt8]) throws {
        // A null destructor: both live until the step is done.
        try id.withCString { id in
            try event.withUnsafeBytes { event in
                try Self.check(sqlite3_bind_text(insert, 1, id, -1, nil))
                try Self.check(sqlite3_bind_blob(insert, 2, event.baseAddress, Int32(event.count), nil))
                try Self.check(sqlite3_step(insert))
                try Self.check(sqlite3_reset(insert))
            }
        }
    }

    private struct Failure: Error {
        let code: Int32
    }

    private static func check(_ code: Int32) throws {
        guard code == SQLITE_OK || code == SQLITE_DONE else { throw Failure(code: code) }
    }
}
