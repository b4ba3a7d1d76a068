import EventService
import TextUI

/// The pane of the failure timeline.
struct TimelineState: Equatable, Sendable {
    /// The position of the span that is shown in `TimelineScale.spans`.
    private(set) var spanIndex = 2
    /// The entries that can be read one by one, newest first.
    private(set) var scroll = ScrollState<UInt64>()

    var span: Duration { TimelineScale.spans[spanIndex] }

    /// The entry that the cursor is on.
    func selected(in entries: [Timeline.Entry]) -> Timeline.Entry? {
        let position = entries.count - 1 - scroll.selectedIndex
        return entries.indices.contains(position) ? entries[position] : nil
    }

    mutating func zoom(by steps: Int) {
        spanIndex = min(max(0, spanIndex + steps), TimelineScale.spans.count - 1)
    }

    /// Takes over the entries; the cursor follows the newest for as long as it stands on it.
    mutating func refresh(_ entries: [Timeline.Entry]) {
        let ids = Self.ids(of: entries)
        let followsNewest = scroll.selectedIndex == 0
        scroll.refresh(ids)
        if followsNewest { scroll.moveToStart(in: ids) }
    }

    mutating func move(_ movement: Action.Movement, in entries: [Timeline.Entry]) {
        scroll.move(movement, in: Self.ids(of: entries))
    }

    mutating func scroll(by rows: Int, in entries: [Timeline.Entry]) {
        scroll.scroll(by: rows, in: Self.ids(of: entries))
    }

    mutating func select(index: Int, in entries: [Timeline.Entry]) {
        scroll.select(index: index, in: Self.ids(of: entries))
    }

    mutating func resize(visibleRows: Int) {
        if scroll.visibleRows != max(1, visibleRows) { scroll.resize(visibleRows: visibleRows) }
    }

    private static func ids(of entries: [Timeline.Entry]) -> some RandomAccessCollection<UInt64> {
        entries.reversed().lazy.map(\.id)
    }
}
