import EventService
import Foundation

extension DashboardModel {
    /// Takes what the dashboard has dated itself along where the clock was set back, so that it keeps its age, and nothing waits
    /// until the clock has caught up.
    ///
    /// That happens to the clock of this machine, and where what is known of the time at a service elsewhere is corrected.
    mutating func followClock(now: Date) {
        defer { lastMessageAt = now }
        guard let before = lastMessageAt, now < before else { return }
        let step = now.timeIntervalSince(before)
        notice?.until += step
        events.settlesAt? += step
        form.failure?.retryAt? += step
        if frozen == nil { moveContents(by: step) }
        frozen?.move(by: step)
    }

    /// Moves the times that lists were read at by so many seconds.
    mutating func moveContents(by step: TimeInterval) {
        users.content.move(by: step)
        events.content.move(by: step)
        outbox.content.move(by: step)
    }
}

extension Freeze {
    /// What is shown stays as it is: it is moved when it isn't frozen any more.
    fileprivate mutating func move(by step: TimeInterval) {
        clockStep += step
        for index in answers.indices { answers[index].at += step }
    }
}
