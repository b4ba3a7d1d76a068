import EventService
import GRDB

/// The SQLite database that the stores share.
///
/// Nothing here blocks a thread of Swift's concurrency pool: reads and writes run on GRDB's own queues. Nor does the
/// cancellation of a task stop either: what was handed in comes to its end, and the caller gets to know it.
struct StoreDatabase: Sendable {
    /// What messages call the database: the path of its file.
    let name: String

    private let connection: any DatabaseWriter
    private let commits: GroupCommit
    /// The file that was opened; `nil` where the database is in memory.
    private let file: FileIdentity?

    /// - Parameter name: The path of its file; of one in memory, anything that is no path.
    init(_ connection: any DatabaseWriter, name: String) {
        self.name = name
        self.connection = connection
        file = FileIdentity(of: name)
        self.commits = GroupCommit(connection)
    }

    /// Reads one state of the database, not waiting for whoever writes the next.
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoreError) -> Value {
        let result = await withCheckedContinuation { continuation in
            connection.asyncRead { database in
                continuation.resume(returning: Result { try body(try database.get()) })
            }
        }
        return try result.value(from: name)
    }

    /// Makes changes that belong together, and returns when they are durable.
    ///
    /// If `body` throws, none of its changes is kept.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoreError) -> Value {
        try await commits.write(body).value(from: name)
    }

    /// Checks that what was written is where the next start looks for it.
    ///
    /// SQLite doesn't notice that its file was removed: it goes on with one that nobody finds any more.
    /// - Throws: `StoreError` of kind `unavailable` where the file was removed or replaced.
    func requireItsFile() throws(StoreError) {
        guard let file, FileIdentity(of: name) != file else { return }
        throw StoreError(
            .unavailable,
            message: "\(name) was removed or replaced while it was in use: restart Evenkeel, or bring the file back"
        )
    }

    /// Executes a statement, which is to delete at most `portion` rows, until there are fewer: no other write waits for
    /// long meanwhile.
    func delete(inPortionsOf portion: Int, _ sql: String, _ arguments: StatementArguments) async throws(StoreError) {
        var deleted: Int
        repeat {
            deleted = try await write { database in
                try database.run(sql, arguments + [portion])
                return database.changesCount
            }
        } while deleted == portion
    }

    /// Ends the use of the database, after what was handed in before.
    ///
    /// Everything is in the one file then, unless other processes use it: SQLite would see to that as the last connection
    /// closes, but the last that GRDB closes is one that only reads.
    func close() async throws(StoreError) {
        // Even if it fails, nothing is under way after it.
        _ = await commits.write { _ in }
        let connection = connection
        let result = await Blocking.run {
            _ = try? connection.writeWithoutTransaction { try $0.checkpoint(.truncate) }
            try connection.close()
        }
        return try result.value(from: name)
    }
}
