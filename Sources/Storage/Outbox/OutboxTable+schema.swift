extension OutboxTable {
    /// The table of entries, and its totals.
    ///
    /// - `position` is an entry's place, also in its user's line: it grows, and none is given twice.
    /// - `dueAt` is set on the first undelivered entry of each user and on no other. For one that waits it is when it may be
    ///   tried; for one that is delivering, when its lease runs out. So what is due is found at the beginning of an index
    ///   that has an element for each user, however long the lines are.
    /// - `outboxTotals` has one row, which triggers keep right: counting would read an index from end to end.
    static let schema = """
        CREATE TABLE outbox (
            position INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            userID TEXT NOT NULL,
            event BLOB NOT NULL,
            acceptedAt REAL NOT NULL,
            requestID TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivering', 'delivered', 'refused')),
            attempts INTEGER NOT NULL DEFAULT 0,
            lastError TEXT,
            nextAttemptAt REAL,
            settledAt REAL,
            refusedStatus INTEGER,
            answer BLOB,
            holder TEXT,
            dueAt REAL,
            CHECK ((holder IS NOT NULL) = (state = 'delivering')),
            CHECK (dueAt IS NULL OR state IN ('waiting', 'delivering'))
        );
        CREATE INDEX outboxDue ON outbox (dueAt) WHERE dueAt IS NOT NULL;
        CREATE INDEX outboxState ON outbox (state);
        CREATE INDEX outboxUser ON outbox (userID, state);
        CREATE INDEX outboxUndelivered ON outbox (acceptedAt) WHERE state IN ('waiting', 'delivering');
        CREATE INDEX outboxDelivered ON outbox (settledAt) WHERE state = 'delivered';

        CREATE TABLE outboxTotals (
            lastPosition INTEGER NOT NULL DEFAULT 0,
            waiting INTEGER NOT NULL DEFAULT 0,
            delivering INTEGER NOT NULL DEFAULT 0,
            delivered INTEGER NOT NULL DEFAULT 0,
            refused INTEGER NOT NULL DEFAULT 0
        );
        INSERT INTO outboxTotals DEFAULT VALUES;

        CREATE TRIGGER outboxAdded AFTER INSERT ON outbox BEGIN
            UPDATE outboxTotals SET
                waiting = waiting + (new.state = 'waiting'),
                delivering = delivering + (new.state = 'delivering'),
                delivered = delivered + (new.state = 'delivered'),
                refused = refused + (new.state = 'refused');
        END;
        CREATE TRIGGER outboxChanged AFTER UPDATE OF state ON outbox WHEN new.state <> old.state BEGIN
            UPDATE outboxTotals SET
                waiting = waiting + (new.state = 'waiting') - (old.state = 'waiting'),
                delivering = delivering + (new.state = 'delivering') - (old.state = 'delivering'),
                delivered = delivered + (new.state = 'delivered') - (old.state = 'delivered'),
                refused = refused + (new.state = 'refused') - (old.state = 'refused');
        END;
        CREATE TRIGGER outboxRemoved AFTER DELETE ON outbox BEGIN
            UPDATE outboxTotals SET
                waiting = waiting - (old.state = 'waiting'),
                delivering = delivering - (old.state = 'delivering'),
                delivered = delivered - (old.state = 'delivered'),
                refused = refused - (old.state = 'refused');
        END;
        """
}
