import GRDB

extension DatabaseMigrator {
    /// Brings the schema up to date, each step in a transaction of its own.
    ///
    /// A step that was released is never changed. What a later version needs is a further step.
    static var store: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in
            try database.execute(sql: OutboxTable.schema)
            try database.execute(sql: IdempotencyTable.schema)
            try database.execute(sql: HistoryTable.schema)
        }
        migrator.registerMigration("2") { database in
            try database.execute(sql: HistoryTable.schemaWithStarts)
        }
        migrator.registerMigration("3") { database in
            try database.execute(sql: HistoryTable.indexes)
        }
        return migrator
    }
}
