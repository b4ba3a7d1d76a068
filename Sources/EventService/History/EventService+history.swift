// What happened, also before the process began.

extension EventService {
    /// Takes over what happened before the process began, and notes that it did; to be called before anything else happens.
    ///
    /// Breakers begin closed all the same.
    /// - Throws: `StoreError` where it can't be read; then the timeline begins with the process, and nothing of it is kept:
    ///   its numbers are those of entries that are there already.
    public func restoreHistory() async throws(StoreError) {
        guard let history else { return }
        do throws(StoreError) {
            let query = HistoryQuery(limit: Recorder.maximumEntries)
            let entries = try await history.store.entries(query, of: history.holder)
            let past = try await HistoryPast.read(history, now: time.now)
            recorder.restore(entries.reversed(), past, at: time.now)
        } catch {
            history.giveUp()
            throw error
        }
    }

    /// Writes what happens to the history, until the task is cancelled, and then what is left and that the process stops.
    ///
    /// Must not be called twice.
    public func keepHistory() async {
        guard let history else { return }
        await history.run()
        recorder.stopped(at: time.now)
        await history.write()
    }

    /// Entries of the timeline, as far back as they are kept.
    ///
    /// Where older ones can't be read, those of the process alone.
    public func timelinePage(_ query: HistoryQuery) async -> TimelinePage {
        var andOneMore = query
        andOneMore.limit += 1
        let found = await timelineEntries(andOneMore)
        let page = Array(found.prefix(query.limit))
        return TimelinePage(page, next: found.count > query.limit ? page.last?.id : nil)
    }

    private func timelineEntries(_ query: HistoryQuery) async -> [Timeline.Entry] {
        let recent = recorder.read().timeline.entries
        let found = recent.reversed().lazy.filter(query.matches).prefix(query.limit)
        guard found.count < query.limit, let history else { return Array(found) }
        var older = query
        older.limit -= found.count
        if let first = recent.first?.id { older.before = min(first, query.before ?? first) }
        let rest = try? await history.store.entries(older, of: history.holder)
        return Array(found) + (rest ?? []).map(\.entry)
    }
}

extension HistoryQuery {
    /// Whether an entry is asked for.
    package func matches(_ entry: Timeline.Entry) -> Bool {
        before.map { entry.id < $0 } ?? true
            && since.map { entry.at >= $0 } ?? true
            && route.map { entry.route == $0 } ?? true
            && kind.map { Kind(entry.kind) == $0 } ?? true
    }
}
