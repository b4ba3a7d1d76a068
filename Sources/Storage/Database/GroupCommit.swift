import GRDB
import Synchronization

/// Gathers the writes that arrive while a transaction is being written, and writes them in the next one.
///
/// A commit waits for the disk, once, however much is in it: so all who come meanwhile share the next wait. Nobody is
/// answered before the commit, and everybody has an answer after it: cancelling a caller's task changes neither.
final class GroupCommit: Sendable {
    /// A write that was handed in.
    private struct Write: Sendable {
        /// Makes the changes, and returns how to tell the caller that they are durable.
        let changes: @Sendable (Database) throws -> Answer
        /// Tells the caller that none of them is kept.
        let fail: @Sendable (any Error) -> Void
    }

    private typealias Answer = @Sendable () -> Void

    private struct State {
        var writes: [Write] = []
        /// Whether a transaction is under way or about to be, after which `writes` is looked at.
        var isBusy = false
    }

    /// The most writes of one transaction, so that readers who share its queue (in memory) and the log of the database
    /// have it in portions.
    private static let limit = 256

    private let connection: any DatabaseWriter
    private let state = Mutex(State())

    init(_ connection: any DatabaseWriter) {
        self.connection = connection
    }

    /// The writes that wait for the next transaction.
    var waiting: Int { state.withLock { $0.writes.count } }

    /// Writes in the next transaction.
    ///
    /// - Returns: What `body` returned, once it is durable; or what it threw, or why nothing could be committed.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async -> Result<Value, any Error> {
        await withCheckedContinuation { continuation in
            let write = Write { database in
                let value = try body(database)
                return { continuation.resume(returning: .success(value)) }
            } fail: {
                continuation.resume(returning: .failure($0))
            }
            let isBusy = state.withLock { state in
                defer { state.isBusy = true }
                state.writes.append(write)
                return state.isBusy
            }
            if !isBusy { writeNext() }
        }
    }

    private func writeNext() {
        connection.asyncWriteWithoutTransaction { [self] database in
            let writes = state.withLock { state in
                defer { state.writes.removeFirst(min(state.writes.count, Self.limit)) }
                return Array(state.writes.prefix(Self.limit))
            }
            commit(writes, in: database)
            let isBusy = state.withLock { state in
                state.isBusy = !state.writes.isEmpty
                return state.isBusy
            }
            if isBusy { writeNext() }
        }
    }

    private func commit(_ writes: [Write], in database: Database) {
        do {
            for answer in try transaction(of: writes, in: database) { answer() }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_FULL && writes.count > 1 {
            // One that needs more room than is left mustn't take the others with it.
            for write in writes { commit([write], in: database) }
        } catch {
            for write in writes { write.fail(error) }
        }
    }

    private func transaction(of writes: [Write], in database: Database) throws -> [Answer] {
        var answers: [Answer] = []
        // Immediate: a transaction that began by reading couldn't go on after another process has written.
        try database.inTransaction(.immediate) {
            for write in writes { answers.append(try savepoint(of: write, in: database)) }
            return .commit
        }
        return answers
    }

    /// - Throws: Why the whole transaction is gone.
    private func savepoint(of write: Write, in database: Database) throws -> Answer {
        // Not GRDB's own savepoint, which parses its statements anew each time.
        try database.run("SAVEPOINT write")
        do {
            let answer = try write.changes(database)
            try database.run("RELEASE write")
            return answer
        } catch {
            // Some errors, such as those of the disk, make SQLite roll back everything.
            guard database.isInsideTransaction else { throw error }
            try database.run("ROLLBACK TO write")
            try database.run("RELEASE write")
            return { write.fail(error) }
        }
    }
}
