public import EventService
public import Foundation
import GRDB

extension Store {
    /// The name of the file in a store's folder.
    static let fileName = "evenkeel.sqlite"

    /// Opens a store, or makes it: checks the file, and brings its schema up to date.
    /// - Throws: `StoreError`: `readOnly`, `noSpace`, `corrupt`, `tooNew`, or `unavailable`.
    public static func open(_ configuration: StoreConfiguration) async throws(StoreError) -> Store {
        try await Blocking.run { try openBlocking(configuration) }.value(from: "the store")
    }

    /// Counts what a folder's outbox keeps, without changing anything; others may use it meanwhile.
    /// - Throws: `StoreError`, also where the folder has no store.
    public static func outboxStatus(in folder: URL) async throws(StoreError) -> OutboxStatus {
        let path = folder.appendingPathComponent(fileName).path
        let result = await Blocking.run {
            var reading = Configuration()
            reading.readonly = true
            return try DatabaseQueue(path: path, configuration: reading).read { try OutboxTable($0).totals() }
        }
        return try result.value(from: path)
    }

    private static func openBlocking(_ configuration: StoreConfiguration) throws(StoreError) -> Store {
        switch configuration.location {
        case .memory:
            let name = "the store in memory"
            let database = try open(name: name) { try DatabaseQueue(configuration: .store(configuration)) }
            return Store(database, slot: .only, configuration: configuration)
        case .folder(let url):
            let folder = try DataFolder.make(at: url)
            // One at a time: neither SQLite's change to its log nor GRDB's migrations expect another process's.
            return try folder.whileLocked(patience: .seconds(30)) { () throws(StoreError) in
                try folder.make(file: fileName)
                let slot = try InstanceSlot.take(in: folder)
                let path = folder.path(of: fileName)
                let database = try open(name: path) {
                    try DatabaseCheck.check(path, configuration)
                    return try DatabasePool(path: path, configuration: .store(configuration))
                }
                return Store(database, slot: slot, configuration: configuration)
            }
        }
    }

    private static func open(
        name: String,
        _ open: () throws -> any DatabaseWriter
    ) throws(StoreError) -> StoreDatabase {
        do {
            let connection = try open()
            try connection.writeWithoutTransaction { try $0.makeCommitsDurable() }
            try DatabaseMigrator.store.migrate(connection)
            try connection.write { try OutboxTable($0).checkWriting() }
            return StoreDatabase(connection, name: name)
        } catch {
            throw StoreError(error, in: name)
        }
    }
}

extension Configuration {
    /// How a store's connections are set up.
    static func store(_ configuration: StoreConfiguration) -> Configuration {
        var result = Configuration()
        result.label = "evenkeel.store"
        result.busyMode = .timeout(configuration.busyTimeout / .seconds(1))
        return result
    }
}

extension Database {
    /// Lets every commit wait for the disk.
    ///
    /// That is one `fsync` of the log, some milliseconds on an ordinary disk, and what makes an accepted event survive a loss
    /// of power: without, SQLite only promises that the file isn't damaged. GRDB turns it off as it opens a pool. The log is
    /// moved to the file when it has 16 MiB, which takes further waits: seldom, as an entry takes seven pages of it.
    fileprivate func makeCommitsDurable() throws {
        try execute(
            sql: """
                PRAGMA synchronous = FULL;
                PRAGMA fullfsync = ON;
                PRAGMA wal_autocheckpoint = 4000;
                PRAGMA journal_size_limit = 16777216;
                """
        )
    }
}
