import EventService
import Foundation
import TextUI

extension DashboardModel {
    // MARK: - In and out

    mutating func toggleOutbox(now: Date) -> [Effect] {
        if focus == .outbox { return closeOutbox() }
        guard latestService?.outbox != nil else {
            tell("Nothing is kept here: there is no outbox.", now: now)
            return []
        }
        outbox.cameFrom = focus == .log ? log.cameFrom : focus
        focus = .outbox
        return refreshOutbox()
    }

    mutating func closeOutbox() -> [Effect] {
        focus = outbox.cameFrom
        outbox.isReading = false
        outbox.isOutOfDate = false
        return cancelOutbox()
    }

    private mutating func cancelOutbox() -> [Effect] {
        guard let load = outbox.content.load else { return [] }
        outbox.content.cancel()
        return [.cancelLoad(load)]
    }

    // MARK: - Reading

    /// Reads the outbox from the start: an answer under way may never come.
    mutating func reloadOutbox() -> [Effect] {
        cancelOutbox() + refreshOutbox()
    }

    /// Reads the outbox, if that is under way a little after it has ended.
    mutating func refreshOutbox() -> [Effect] {
        guard focus == .outbox else { return [] }
        outbox.isOutOfDate = outbox.content.isLoading
        guard !outbox.isOutOfDate else { return [] }
        let load = lastLoad.advance()
        outbox.content.begin(load)
        return [.loadOutbox(load: load, limit: outbox.limit)]
    }

    mutating func takeOutbox(
        _ load: LoadID,
        _ result: Result<KeptEvents, ServiceError>,
        now: Date
    ) {
        guard outbox.content.finish(load, with: result, at: now) else { return }
        outbox.refresh(users: users.content.value ?? [])
    }

    /// Moves the cursor, or scrolls the event that is shown in full.
    mutating func moveInOutbox(_ movement: Action.Movement, now: Date) -> [Effect] {
        guard outbox.isReading else { return moveInOutbox { $0.move(movement) } }
        scrollReading(now: now) { $0.scrolled(from: $1, by: movement) }
        return []
    }

    /// Scrolls the rows, or the event that is shown in full.
    mutating func scrollOutbox(by rows: Int, now: Date) -> [Effect] {
        guard outbox.isReading else { return moveInOutbox { $0.scroll(by: rows) } }
        scrollReading(now: now) { $0.scrolled(from: $1, by: rows) }
        return []
    }

    private mutating func scrollReading(now: Date, to place: (ScrolledLines, Int) -> Int) {
        let view = outboxView(isFocused: true)
        guard let text = view.reading(in: layout.inside(.outbox), context(now: shown(now))) else { return }
        outbox.readingOffset = place(text, outbox.readingOffset)
    }

    /// Moves the cursor, and reads on where that leads to the end of what was read.
    mutating func moveInOutbox(_ move: (inout OutboxState) -> Void) -> [Effect] {
        move(&outbox)
        guard outbox.wantsMore else { return [] }
        outbox.readMore()
        return refreshOutbox()
    }
}
