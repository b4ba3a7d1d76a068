extension IdempotencyTable {
    /// The table of keys.
    ///
    /// One of `claimedUntil` (claimed), `status` (answered) and neither (released) is set. An expired row is as good as none.
    static let schema = """
        CREATE TABLE idempotency (
            key TEXT NOT NULL PRIMARY KEY,
            request BLOB NOT NULL,
            eventID TEXT NOT NULL,
            expiresAt REAL NOT NULL,
            holder TEXT,
            claimedUntil REAL,
            status INTEGER,
            fields TEXT,
            body BLOB,
            CHECK ((holder IS NULL) = (claimedUntil IS NULL)),
            CHECK (claimedUntil IS NULL OR status IS NULL),
            CHECK ((status IS NULL) = (fields IS NULL)),
            CHECK ((status IS NULL) = (body IS NULL))
        );
        CREATE INDEX idempotencyExpiry ON idempotency (expiresAt);
        CREATE INDEX idempotencyHolder ON idempotency (holder) WHERE holder IS NOT NULL;
        """
}
