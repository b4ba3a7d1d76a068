import EventService
import Foundation
import TextUI

/// The pane of the failure timeline.
struct TimelineState: Equatable, Sendable {
    /// Where the entries are that come before those that were read.
    private enum Older: Equatable {
        /// Before the oldest of these, if anywhere.
        case beforeOldest
        /// Before this one, which was left out itself.
        case before(UInt64)
        /// There are none.
        case nowhere
    }

    /// How many older entries are read at a time.
    static let page = 200

    /// The most entries that can be read one by one; beyond that the oldest are left out.
    static let maximumEntries = 5000

    /// The position of the span that is shown in `TimelineScale.spans`.
    private(set) var spanIndex = 2
    /// The last moment that the lanes show; `nil` while that is now.
    private(set) var end: Date?
    /// The entries that can be read, oldest first: those that the service remembers, and older ones as far as they were read.
    private(set) var entries: [Timeline.Entry] = []
    /// Which run of the service the entries are of.
    private var generation: UInt64 = 0
    /// Where the cursor is among the entries, counted from the newest.
    private(set) var scroll = ScrollState<UInt64>()
    /// The reading of older entries that is under way.
    private(set) var load: LoadID?
    /// Where older entries are.
    private var older = Older.beforeOldest
    /// Whether the cursor goes to the change of state before the oldest entry as soon as that is read.
    private(set) var isSeeking = false

    var span: Duration { TimelineScale.spans[spanIndex] }

    /// The entry that the cursor is on.
    var selected: Timeline.Entry? { entry(at: scroll.selectedIndex) }

    /// The entry at a position, counted from the newest.
    func entry(at index: Int) -> Timeline.Entry? {
        let position = entries.count - 1 - index
        return entries.indices.contains(position) ? entries[position] : nil
    }

    /// The position of the entry nearest to a moment that is about a route, or about all of them.
    func nearest(to date: Date, on route: UpstreamRoute) -> Int? {
        (0..<entries.count)
            .filter { entry(at: $0).map { $0.route == nil || $0.route == route } ?? false }
            .min { distance($0, date) < distance($1, date) }
    }

    private func distance(_ index: Int, _ date: Date) -> Double {
        abs(entry(at: index)?.at.timeIntervalSince(date) ?? .infinity)
    }

    // MARK: - Entries

    /// Takes over what the service remembers; the cursor follows the newest for as long as it stands on it.
    mutating func refresh(_ remembered: [Timeline.Entry], generation: UInt64) {
        forgetOtherRun(remembered, generation)
        let followsNewest = scroll.selectedIndex == 0
        let next = (entries.last?.id).map { $0 &+ 1 } ?? 0
        let continues = (remembered.first?.id ?? .max) <= next && (remembered.last?.id ?? 0) &+ 1 >= next
        let needsNoOlder = followsNewest && !isSeeking && load == nil
        if needsNoOlder || !continues {
            entries = remembered
            // What is being read belongs before entries that are gone.
            (older, isSeeking, load) = (.beforeOldest, false, nil)
        } else {
            entries += remembered.drop { $0.id < next }
            forgetOldest()
        }
        scroll.refresh(ids)
        if followsNewest { scroll.moveToStart(in: ids) }
    }

    /// Forgets entries whose numbers mean others in this run of the service: only one that still has the newest of them goes
    /// on counting behind it.
    private mutating func forgetOtherRun(_ remembered: [Timeline.Entry], _ generation: UInt64) {
        defer { self.generation = generation }
        guard generation != self.generation, let newest = entries.last, !remembered.contains(newest) else { return }
        (entries, older, isSeeking, load) = ([], .beforeOldest, false, nil)
        scroll.refresh(ids)
    }

    private mutating func forgetOldest() {
        guard entries.count > Self.maximumEntries else { return }
        entries.removeFirst(entries.count - Self.maximumEntries)
        older = .beforeOldest
    }

    /// The number that older entries are worth reading before; `nil` unless the cursor has come near to the oldest one, and
    /// while that is under way.
    var wantedBefore: UInt64? {
        let isNear = scroll.selectedIndex > 0 && scroll.selectedIndex + Self.page / 10 >= entries.count
        guard load == nil, isSeeking || isNear, entries.count < Self.maximumEntries else { return nil }
        return before
    }

    private var before: UInt64? {
        switch older {
        case .beforeOldest: entries.first?.id
        case .before(let id): id
        case .nowhere: nil
        }
    }

    mutating func begin(_ load: LoadID) {
        self.load = load
    }

    /// Takes over older entries.
    mutating func finish(_ load: LoadID, with page: TimelinePage, now: Date) {
        guard load == self.load else { return }
        self.load = nil
        let first = entries.first?.id ?? 0
        entries = page.entries.reversed().filter { $0.id < first } + entries
        older = page.next.map(Older.before) ?? .nowhere
        scroll.refresh(ids)
        if isSeeking { seekEarlier(now: now) }
    }

    /// Gives up reading older entries until the cursor is moved again.
    /// - Returns: Whether they were waited for.
    mutating func fail(_ load: LoadID) -> Bool {
        guard load == self.load else { return false }
        (self.load, isSeeking) = (nil, false)
        return true
    }

    // MARK: - The cursor

    mutating func move(_ movement: Action.Movement, now: Date) {
        isSeeking = false
        scroll.move(movement, in: ids)
        reveal(now: now)
    }

    mutating func scroll(by rows: Int, now: Date) {
        isSeeking = false
        scroll.scroll(by: rows, in: ids)
        reveal(now: now)
    }

    mutating func select(index: Int, now: Date) {
        isSeeking = false
        scroll.select(index: index, in: ids)
        reveal(now: now)
    }

    /// Moves the cursor to the change of state before the entry that it is on, once that is known.
    mutating func seekEarlier(now: Date) {
        let found = (0..<entries.count).dropFirst(scroll.selectedIndex + 1).first { isChange($0) }
        isSeeking = found == nil && before != nil && entries.count < Self.maximumEntries
        guard let found else { return }
        select(index: found, now: now)
    }

    /// Moves the cursor to the change of state after the entry that it is on.
    /// - Returns: Whether there is one.
    mutating func seekLater(now: Date) -> Bool {
        guard let found = (0..<entries.count).prefix(scroll.selectedIndex).last(where: { isChange($0) }) else {
            return false
        }
        select(index: found, now: now)
        return true
    }

    private func isChange(_ index: Int) -> Bool {
        guard let kind = entry(at: index)?.kind else { return false }
        if case .failure = kind { return false }
        return true
    }

    mutating func resize(visibleRows: Int) {
        if scroll.visibleRows != max(1, visibleRows) { scroll.resize(visibleRows: visibleRows) }
    }

    private var ids: some RandomAccessCollection<UInt64> {
        entries.reversed().lazy.map(\.id)
    }
}

extension TimelineState {
    // MARK: - The time that is shown

    /// Shows as long a time as before, if it still can.
    mutating func restore(span: Duration) {
        if let index = TimelineScale.spans.firstIndex(of: span) { spanIndex = index }
    }

    /// Zooms by so many steps, out for a positive number.
    mutating func zoom(by steps: Int, now: Date) {
        spanIndex = min(max(0, spanIndex + steps), TimelineScale.spans.count - 1)
        if let end { show(until: end, now: now) }
        if scroll.selectedIndex > 0 { reveal(now: now) }
    }

    /// Moves the time that is shown by half of it, later for a positive number.
    mutating func pan(by halves: Int, now: Date) {
        show(until: (end ?? now) + span / 2 * halves, now: now)
    }

    /// Shows the time until now again.
    mutating func panToNow() {
        end = nil
    }

    private mutating func show(until date: Date, now: Date) {
        let earliest = now + (span - (TimelineScale.spans.last ?? span))
        let last = max(date, earliest)
        end = last >= now ? nil : last
    }

    /// Moves the time that is shown, if need be, so that the selected entry is in it; the newest one is shown with what follows.
    private mutating func reveal(now: Date) {
        guard let date = selected?.at, scroll.selectedIndex > 0 else { return panToNow() }
        let last = end ?? now
        guard date > last || date <= last + (.zero - span) else { return }
        show(until: date + span / 2, now: now)
    }
}
