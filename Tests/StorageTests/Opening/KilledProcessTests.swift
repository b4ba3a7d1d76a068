import EventService
import Foundation
import GRDB
import TestSupport
import Testing

@testable import Storage

/// What a process leaves that is killed, shown by one.
@Suite struct KilledProcessTests {
    @Test(.timeLimit(.minutes(1)), arguments: ["1", "later"])
    func aMigrationIsDoneOrNotDone(step: String) async throws {
        try await TemporaryFolder.use { folder in
            if step != "1" { try await folder.open().close() }
            try Data(step.utf8).write(to: folder.url.appendingPathComponent("step"))
            let child = try ChildProcess(test: "KilledProcessTests/migratesHalfWay", folder: folder.url)
            #expect(try await child.announcement() == "half way")
            try await child.kill()

            let store = try await folder.open()
            let tables = try await store.database.read { database in
                try String.fetchAll(database, sql: "SELECT name FROM sqlite_schema")
            }
            #expect(!tables.contains("half") && tables.contains("history"))
            #expect(try await store.outbox.add(entry("a")) == entry("a"))
            try await store.close()
        }
    }

    /// Does half of a migration, so much that some of it is in the file's log, and stays there.
    @Test(.enabled(if: ChildProcess.folder != nil)) func migratesHalfWay() async throws {
        let folder = try #require(ChildProcess.folder)
        let step = try String(contentsOf: folder.appendingPathComponent("step"), encoding: .utf8)
        let pool = try DatabasePool(path: folder.appendingPathComponent(Store.fileName).path)
        var migrator = DatabaseMigrator()
        if step != "1" { migrator = .store }
        migrator.registerMigration(step) { database in
            try database.execute(
                sql: """
                    PRAGMA cache_size = 10;
                    CREATE TABLE half AS SELECT zeroblob(4000000) AS bytes;
                    """
            )
            if step == "1" { try database.execute(sql: OutboxTable.schema) }
            ChildProcess.announce("half way")
            ChildProcess.stay()
        }
        try migrator.migrate(pool)
    }

    @Test(.timeLimit(.minutes(1))) func whatWasAcceptedIsThereAndItsNameIsFree() async throws {
        try await TemporaryFolder.use { folder in
            let child = try ChildProcess(test: "KilledProcessTests/acceptsAndLeases", folder: folder.url)
            #expect(try await child.announcement() == "leased by 1")
            let other = try await folder.open()
            #expect(other.holder == "2")
            try await child.kill()

            let store = try await folder.open()
            #expect(store.holder == "1")
            #expect(try await store.outbox.lease(by: store.holder).isEmpty)
            try await store.outbox.releaseLeases(of: store.holder)
            #expect(try await store.outbox.lease(by: store.holder).map(\.id) == ["a"])
            #expect(try await store.outbox.ids() == ["a", "b"])
            try await store.close()
            try await other.close()
        }
    }

    @Test(.enabled(if: ChildProcess.folder != nil)) func acceptsAndLeases() async throws {
        let store = try await Store.open(StoreConfiguration(.folder(try #require(ChildProcess.folder))))
        for id in ["a", "b"] { _ = try await store.outbox.add(entry(id)) }
        #expect(try await store.outbox.lease(by: store.holder).map(\.id) == ["a"])
        ChildProcess.announce("leased by \(store.holder)")
        ChildProcess.stay()
    }
}
