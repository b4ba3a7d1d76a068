import EventService
import Foundation
import GRDB
import NIOCore

extension Database {
    /// Executes a statement that is prepared once for each connection.
    func run(_ sql: String, _ arguments: StatementArguments = []) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }

    /// Fetches all rows of a statement that is prepared once for each connection.
    func rows(_ sql: String, _ arguments: StatementArguments = []) throws -> [Row] {
        try Row.fetchAll(try cachedStatement(sql: sql), arguments: arguments)
    }

    /// Fetches the first row of a statement that is prepared once for each connection.
    func row(_ sql: String, _ arguments: StatementArguments = []) throws -> Row? {
        try Row.fetchOne(try cachedStatement(sql: sql), arguments: arguments)
    }
}

extension Row {
    /// A text from outside.
    func text(_ column: String) -> String? { (self[column] as StoredText?)?.text }

    /// A moment.
    func date(_ column: String) -> Date? { (self[column] as Double?).map(Date.init(stored:)) }

    /// Bytes.
    func bytes(_ column: String) throws -> ByteBuffer? {
        try withUnsafeData(named: column) { $0.map { ByteBuffer(bytes: $0) } }
    }
}

extension Date {
    /// As it is stored: seconds since the beginning of 2001, which is what a `Date` is, so that it comes back the same.
    var stored: Double { timeIntervalSinceReferenceDate }

    init(stored: Double) { self.init(timeIntervalSinceReferenceDate: stored) }
}

extension ByteBuffer {
    /// As it is stored.
    var stored: Data { Data(readableBytesView) }
}

extension DatabaseError {
    /// What is kept can't have been written by this version.
    static func unreadable(_ what: String) -> DatabaseError {
        DatabaseError(resultCode: .SQLITE_CORRUPT, message: "\(what) can't be read")
    }
}
