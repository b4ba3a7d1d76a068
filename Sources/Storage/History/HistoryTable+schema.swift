extension HistoryTable {
    /// Counting the failures of a day reads their index alone, and what is of a kind is found without the others.
    static let indexes = """
        CREATE INDEX historyFailures ON history (holder, at, route, isProbe) WHERE kind = 'failure';
        CREATE INDEX historyKind ON history (holder, kind, id);
        """

    /// Starts and stops of the process, too, which have no route.
    static let schemaWithStarts = """
        ALTER TABLE history RENAME TO oldHistory;
        DROP INDEX historyAt;
        CREATE TABLE history (
            holder TEXT NOT NULL,
            id INTEGER NOT NULL,
            at REAL NOT NULL,
            route TEXT,
            requestID TEXT,
            kind TEXT NOT NULL CHECK (kind IN ('failure', 'transition', 'start', 'stop')),
            message TEXT NOT NULL,
            duration INTEGER,
            isProbe INTEGER,
            fromState TEXT,
            toState TEXT,
            wait INTEGER,
            UNIQUE (holder, id)
        );
        INSERT INTO history SELECT * FROM oldHistory;
        DROP TABLE oldHistory;
        CREATE INDEX historyAt ON history (at);
        """

    /// The table of entries, as it was first.
    ///
    /// A `duration` and a `wait` are whole nanoseconds.
    static let schema = """
        CREATE TABLE history (
            holder TEXT NOT NULL,
            id INTEGER NOT NULL,
            at REAL NOT NULL,
            route TEXT NOT NULL,
            requestID TEXT,
            kind TEXT NOT NULL CHECK (kind IN ('failure', 'transition')),
            message TEXT NOT NULL,
            duration INTEGER,
            isProbe INTEGER,
            fromState TEXT,
            toState TEXT,
            wait INTEGER,
            UNIQUE (holder, id)
        );
        CREATE INDEX historyAt ON history (at);
        """
}
