extension HistoryTable {
    /// The table of entries.
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
