import EventService
import Foundation
import TextUI

/// The pane of the outbox.
struct OutboxState: Equatable, Sendable {
    /// How many more entries are read when the selection comes to the end of those that were.
    static let pageSize = 200

    /// The least time between a load and one for what has changed since: while a backlog is delivered, every moment
    /// something has, and the requests of whoever looks on are limited, too.
    static let pace = Duration.seconds(1)

    var content = Loadable<KeptEvents>()
    /// The entry that the cursor is on.
    private(set) var scroll = ScrollState<String>() {
        didSet { if scroll.selection != oldValue.selection { readingOffset = 0 } }
    }
    /// The most entries to read.
    private(set) var limit = pageSize
    /// Whether the entries have changed since the last load began.
    var isOutOfDate = false
    /// Whether the selected entry is shown in full, in place of the list.
    var isReading = false {
        didSet { readingOffset = 0 }
    }
    /// How many lines the entry that is shown in full is scrolled by.
    var readingOffset = 0
    /// The pane that had the focus before.
    var cameFrom = Pane.users
    /// The names of the events that something was decided about and not yet done: by then they may be gone.
    var decided: [String: String] = [:]
    /// The names of the users whose events are listed, as far as they are known.
    private(set) var userNames: [String: String] = [:]

    /// When the entries are to be read for what has changed since the last time, `nil` where nothing has.
    var dueAt: Date? {
        guard isOutOfDate, !content.isLoading else { return nil }
        return content.endedAt.map { $0 + Self.pace } ?? .distantPast
    }

    var rows: [KeptEvent] { content.value?.events ?? [] }

    var selected: KeptEvent? {
        let rows = rows
        return rows.indices.contains(scroll.selectedIndex) ? rows[scroll.selectedIndex] : nil
    }

    /// Whether the cursor has come to the end of what was read, while there is more.
    var wantsMore: Bool {
        guard content.value?.hasMore == true, rows.count >= limit else { return false }
        return scroll.selectedIndex + scroll.visibleRows >= rows.count
    }

    /// An entry as it is once it waits for another try: at once, and one that was refused behind all others of its user.
    func retried(_ id: String) -> KeptEvent? {
        guard var event = rows.first(where: { $0.id == id }) else { return nil }
        if event.state == .refused {
            event.isBehindAnother = rows.contains { $0.userID == event.userID && $0.state != .refused }
        }
        event.state = .waiting
        event.nextAttemptAt = nil
        return event
    }

    mutating func readMore() {
        limit += Self.pageSize
    }

    /// Takes over the entries that were read; the cursor stays on its entry.
    mutating func refresh(users: [User]) {
        scroll.refresh(ids)
        if rows.isEmpty { isReading = false }
        nameUsers(users)
    }

    mutating func nameUsers(_ users: [User]) {
        let wanted = Set(rows.lazy.map(\.userID))
        userNames = [:]
        for user in users where wanted.contains(user.id) { userNames[user.id] = user.name }
    }

    mutating func move(_ movement: Action.Movement) {
        scroll.move(movement, in: ids)
    }

    mutating func scroll(by rows: Int) {
        scroll.scroll(by: rows, in: ids)
    }

    mutating func select(index: Int) {
        scroll.select(index: index, in: ids)
    }

    mutating func resize(visibleRows: Int) {
        if scroll.visibleRows != max(1, visibleRows) { scroll.resize(visibleRows: visibleRows) }
    }

    private var ids: LazyMapSequence<[KeptEvent], String> { rows.lazy.map(\.id) }
}
