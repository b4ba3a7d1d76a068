import Dispatch
import EventService
import GRDB
import Synchronization
import Testing

@testable import Storage

@Suite struct GroupCommitTests {
    /// A table of numbers, and writes that wait until all of them have been handed in.
    private struct Numbers {
        let connection: DatabaseQueue
        let commits: GroupCommit
        private let counter = CommitCounter()

        init() throws {
            connection = try DatabaseQueue()
            commits = GroupCommit(connection)
            try connection.write { try $0.execute(sql: "CREATE TABLE numbers (number INTEGER PRIMARY KEY)") }
            connection.add(transactionObserver: counter, extent: .databaseLifetime)
        }

        var transactions: Int { counter.commits.withLock { $0 } }

        var all: [Int] {
            get async throws {
                try await connection.read { try Int.fetchAll($0, sql: "SELECT number FROM numbers ORDER BY number") }
            }
        }

        func insert(_ number: Int) async -> Result<Int, any Error> {
            await commits.write { database in
                try database.run("INSERT INTO numbers VALUES (?)", [number])
                return number
            }
        }

        /// Makes writes while a transaction is under way.
        func together(
            _ writes: [@Sendable (Numbers) async -> Result<Int, any Error>],
            meanwhile: (TaskGroup<(Int, Result<Int, any Error>)>) -> Void = { _ in }
        ) async -> [Result<Int, any Error>] {
            let release = DispatchSemaphore(value: 0)
            connection.asyncWriteWithoutTransaction { _ in release.wait() }
            return await withTaskGroup { group in
                for (index, write) in writes.enumerated() { group.addTask { (index, await write(self)) } }
                while commits.waiting < writes.count { await Task.yield() }
                meanwhile(group)
                release.signal()
                return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
            }
        }
    }

    private final class CommitCounter: TransactionObserver, Sendable {
        let commits = Mutex(0)

        func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { true }
        func databaseDidChange(with event: DatabaseEvent) {}
        func databaseDidCommit(_ db: Database) { commits.withLock { $0 += 1 } }
        func databaseDidRollback(_ db: Database) {}
    }

    @Test func writesInOneTransactionWhatArrivesDuringAnother() async throws {
        let numbers = try Numbers()
        let results = await numbers.together((0..<20).map { number in { await $0.insert(number) } })
        #expect(try results.map { try $0.get() } == Array(0..<20))
        #expect(try await numbers.all == Array(0..<20))
        #expect(numbers.transactions == 1)
    }

    @Test func oneThatFailsDoesNotHurtTheOthers() async throws {
        let numbers = try Numbers()
        let results = await numbers.together([
            { await $0.insert(1) },
            { numbers in
                await numbers.commits.write { database -> Int in
                    try database.run("INSERT INTO numbers VALUES (2)")
                    throw StoreError(.conflict, message: "no")
                }
            },
            { await $0.insert(1) }, { await $0.insert(3) },
        ])
        #expect(results.map { (try? $0.get()) == nil } == [false, true, true, false])
        #expect(throws: StoreError(.conflict, message: "no")) { try results[1].get() }
        #expect(try await numbers.all == [1, 3])
        #expect(numbers.transactions == 1)
    }

    @Test func allFailWhenTheCommitFails() async throws {
        let numbers = try Numbers()
        try await numbers.connection.write { database in
            try database.execute(
                sql: """
                    CREATE TABLE notes (number INTEGER REFERENCES numbers (number) DEFERRABLE INITIALLY DEFERRED)
                    """
            )
        }
        let results = await numbers.together([
            { await $0.insert(1) },
            { numbers in
                await numbers.commits.write { database in
                    try database.run("INSERT INTO notes VALUES (99)")
                    return 2
                }
            },
        ])
        for result in results { #expect(throws: DatabaseError.self) { try result.get() } }
        #expect(try await numbers.all == [])
        #expect(try await numbers.insert(1).get() == 1)
    }

    @Test func oneThatFindsNoRoomDoesNotHurtTheOthers() async throws {
        let numbers = try Numbers()
        try await numbers.connection.writeWithoutTransaction { database in
            try database.execute(sql: "CREATE TABLE large (bytes BLOB); PRAGMA max_page_count = 100")
        }
        let results = await numbers.together([
            { await $0.insert(1) },
            { numbers in
                await numbers.commits.write { database in
                    try database.run("INSERT INTO large VALUES (zeroblob(1000000))")
                    return 2
                }
            },
            { await $0.insert(3) },
        ])
        #expect(results.map { try? $0.get() } == [1, nil, 3])
        #expect(try await numbers.all == [1, 3])
    }

    @Test func cancellingTheCallerChangesNothing() async throws {
        let numbers = try Numbers()
        let results = await numbers.together((0..<5).map { number in { await $0.insert(number) } }) { $0.cancelAll() }
        #expect(try results.map { try $0.get() } == Array(0..<5))

        let late = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await numbers.insert(5)
        }
        #expect(try await late.value.get() == 5)
        #expect(try await numbers.all == Array(0...5))
    }
}
