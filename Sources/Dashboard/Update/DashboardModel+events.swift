import Foundation
import TextUI

extension DashboardModel {
    /// Moves the cursor, or scrolls the event that is shown in full.
    mutating func moveInEvents(_ movement: Action.Movement, now: Date) {
        guard events.read != nil else { return events.table.move(movement) }
        scrollReadEvent(now: now) { $0.scrolled(from: $1, by: movement) }
    }

    /// Scrolls the rows, or the event that is shown in full.
    mutating func scrollEvents(by rows: Int, now: Date) {
        guard events.read != nil else { return events.table.scroll(by: rows) }
        scrollReadEvent(now: now) { $0.scrolled(from: $1, by: rows) }
    }

    private mutating func scrollReadEvent(now: Date, to place: (ScrolledLines, Int) -> Int) {
        let view = eventsView(isFocused: true)
        guard let text = view.reading(in: layout.inside(.events), context(now: shown(now))), var read = events.read
        else { return }
        read.offset = place(text, read.offset)
        events.read = read
    }
}
