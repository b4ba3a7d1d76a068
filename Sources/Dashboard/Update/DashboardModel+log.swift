import EventService
import Foundation
import TextUI

extension DashboardModel {
    mutating func toggleLog() -> [Effect] {
        if focus == .log {
            closeLog()
            return []
        }
        // Neither of the panes that stand alone leads back to the other: that would be a way round and round.
        let isOutbox = focus == .outbox
        log.cameFrom = isOutbox ? outbox.cameFrom : focus
        let effects = isOutbox ? closeOutbox() : []
        focus = .log
        return effects
    }

    mutating func closeLog() {
        focus = log.cameFrom
    }

    /// Has new lines told for as long as they are shown.
    mutating func followLog() -> [Effect] {
        let isShown = layout.panes[.log] != nil
        guard isShown != log.isFollowed else { return [] }
        log.isFollowed = isShown
        let last = max(log.lastNumber, frozen?.logged.last?.number ?? 0)
        return [isShown ? .followLog(after: last) : .leaveLog]
    }
}
